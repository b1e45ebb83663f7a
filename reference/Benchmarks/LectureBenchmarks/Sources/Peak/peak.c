#include "Peak.h"

typedef float line __attribute__((vector_size(32)));
typedef float long_line __attribute__((vector_size(64)));

// Twelve sums that do not wait for each other keep both units of any present processor busy.
#define PEAK_LOOP(LINE, CONSTRAINT)                                                              \
  LINE sums[12];                                                                                 \
  for (int i = 0; i < 12; i++) sums[i] = (LINE){(float)i};                                       \
  const LINE half = (LINE){0} + 0.5f;                                                            \
  for (long t = 0; t < times; t++) {                                                             \
    for (int i = 0; i < 12; i++) sums[i] = sums[i] * half + half;                                \
    __asm__ volatile("" : CONSTRAINT(sums[0]));                                                  \
  }                                                                                              \
  LINE total = sums[0];                                                                          \
  for (int i = 1; i < 12; i++) total += sums[i];                                                 \
  return total[0] + total[7];

#if defined(__x86_64__)
__attribute__((target("avx2,fma")))
#endif
static float short_work(long times) {
  PEAK_LOOP(line, "+x")
}

#if defined(__x86_64__)
__attribute__((target("avx512f"))) static float long_work(long times) {
  PEAK_LOOP(long_line, "+v")
}

// 512 bits a vector are twice the operations in a second, or as many where they take two steps.
float peak_work(long times) {
  return __builtin_cpu_supports("avx512f") ? long_work(times / 2) : short_work(times);
}
#else
float peak_work(long times) { return short_work(times); }
#endif
