#ifndef PEAK_H
#define PEAK_H
// Does 2 * 12 * 8 floating-point operations so many times, with nothing in the way, and returns a
// number that depends on all of them.
float peak_work(long times);
#endif
