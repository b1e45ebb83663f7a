#include "Peak.h"

typedef float line __attribute__((vector_size(32)));

// Twelve sums that do not wait for each other keep both units of any present processor busy; 256
// bits a vector give as many operations in a second as 512 where those take two steps. Where they
// do not, the share of the peak can be above 1, up to 2.
#if defined(__x86_64__)
__attribute__((target("avx2,fma")))
#endif
float peak_work(long times) {
  line sums[12];
  for (int i = 0; i < 12; i++) sums[i] = (line){(float)i};
  const line half = (line){0} + 0.5f;
  for (long t = 0; t < times; t++) {
    for (int i = 0; i < 12; i++) sums[i] = sums[i] * half + half;
    __asm__ volatile("" : "+x"(sums[0]));
  }
  line total = sums[0];
  for (int i = 1; i < 12; i++) total += sums[i];
  return total[0] + total[7];
}
