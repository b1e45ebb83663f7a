// The memory of a process that computes the same sizes again and again.
#ifndef LECTURE_MEMORY_H
#define LECTURE_MEMORY_H

// Lets the allocator keep what is freed, however large, and not give it back to the system.
void lk_keep_memory(void);

#endif
