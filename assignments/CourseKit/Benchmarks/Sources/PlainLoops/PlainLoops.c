#include "PlainLoops.h"

#include <stdlib.h>

double *plain_sum_f64(ptrdiff_t count, const double *a, const double *b) {
  double *sum = malloc((size_t)count * sizeof(double));
  for (ptrdiff_t i = 0; sum && i < count; i++) sum[i] = a[i] + b[i];
  return sum;
}

float *plain_sum_f32(ptrdiff_t count, const float *a, const float *b) {
  float *sum = malloc((size_t)count * sizeof(float));
  for (ptrdiff_t i = 0; sum && i < count; i++) sum[i] = a[i] + b[i];
  return sum;
}

void plain_free(void *memory) { free(memory); }
