// What `a + b` is held against: one loop over arrays, with the result's allocation.
#ifndef PLAIN_LOOPS_H
#define PLAIN_LOOPS_H

#include <stddef.h>

double *plain_sum_f64(ptrdiff_t count, const double *a, const double *b);
float *plain_sum_f32(ptrdiff_t count, const float *a, const float *b);
void plain_free(void *memory);

#endif
