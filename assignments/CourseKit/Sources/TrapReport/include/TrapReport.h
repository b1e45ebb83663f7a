#ifndef TRAP_REPORT_H
#define TRAP_REPORT_H

#endif
