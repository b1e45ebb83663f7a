// A pool of threads that do the parts of one loop together.
//
// There is one thread, the caller's, until a program asks for more. What is computed must not
// depend on who does which part, so that the number of threads changes no bit of it.
#ifndef COURSEKIT_THREADS_H
#define COURSEKIT_THREADS_H

#include <stddef.h>

// Lets loops run on up to `count` threads, the caller's among them. Threads start when there is
// work for them; where the system refuses one, there is one less, and nothing is said about it.
// They end with the process.
void ck_use_threads(ptrdiff_t count);

// How many may work on a loop; every `slot` below is smaller.
ptrdiff_t ck_threads(void);

// Does first ..< end of a loop. No two parts run in the same slot at once, so each slot can have
// room of its own for its work.
typedef void (*ck_part)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end);

// Does 0 ..< count in parts, and returns when all is done. A slot begins with its own of equal
// shares, and with so many slots that each has about `grain` to do, or more. A loop inside of
// another one, or beside another thread's, runs on the caller's thread alone.
void ck_share(ptrdiff_t count, ptrdiff_t grain, ck_part part, void *context);

#endif
