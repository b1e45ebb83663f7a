// What the kernels share: one function, compiled for several instruction sets, and sums in lanes.
#ifndef LK_SUPPORT_H
#define LK_SUPPORT_H

#include <stddef.h>

// The loader takes the version for the strongest instruction set that the machine has.
#if defined(__x86_64__) && defined(__linux__) && !defined(LK_ONE_VERSION)
#define LK_CLONES                                                                                \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LK_CLONES
#endif

#define LK_INLINE static inline __attribute__((always_inline))
#define LK_PASTE_(a, b) a##_##b
#define LK_PASTE(a, b) LK_PASTE_(a, b)

LK_INLINE ptrdiff_t lk_smaller(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
LK_INLINE ptrdiff_t lk_larger(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }

LK_INLINE ptrdiff_t lk_clamp(ptrdiff_t value, ptrdiff_t low, ptrdiff_t high) {
  return value < low ? low : value > high ? high : value;
}

// So many numbers are worth a thread's waking.
enum { LK_LEAST_WORK = 65536 };

// `total` = sum of `term` over i in 0 ..< count. Sixteen partial sums, so that additions need not
// wait for each other, added up pairwise: the order depends on the count only.
#define LK_SUM(total, count, i, term)                                                            \
  do {                                                                                           \
    REAL lanes[16] = {0};                                                                        \
    ptrdiff_t start = 0;                                                                         \
    for (; start + 16 <= (count); start += 16) {                                                 \
      for (int lane = 0; lane < 16; lane++) {                                                    \
        const ptrdiff_t i = start + lane;                                                        \
        lanes[lane] += (term);                                                                   \
      }                                                                                          \
    }                                                                                            \
    for (int lane = 0; start + lane < (count); lane++) {                                         \
      const ptrdiff_t i = start + lane;                                                          \
      lanes[lane] += (term);                                                                     \
    }                                                                                            \
    for (int width = 8; width > 0; width /= 2) {                                                 \
      for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];               \
    }                                                                                            \
    (total) = lanes[0];                                                                          \
  } while (0)

#endif
