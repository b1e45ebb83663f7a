// Normalization over the batch and over the features of one sample.
//
// Batch norm sees its input as [n, c, s]: samples, channels, and positions in an image (1 for plain
// features). There are m = n s values per channel.
#ifndef LECTURE_NORMS_H
#define LECTURE_NORMS_H

#include <stdbool.h>
#include <stddef.h>

#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* Mean and biased variance of each channel, in two passes; m at least 1. */                   \
  void lk_batch_statistics_##SUFFIX(                                                             \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, REAL *mean, REAL *variance);           \
                                                                                                 \
  /* y = weight (x - mean) scale + bias, with scale = 1 / sqrt(variance + epsilon). */           \
  void lk_batch_norm_##SUFFIX(                                                                   \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, const REAL *mean, const REAL *scale,   \
    const REAL *weight, const REAL *bias, REAL *y);                                              \
                                                                                                 \
  /* d_bias = sum of d_y, d_weight = sum of d_y (x - mean) scale. */                             \
  void lk_batch_norm_sums_##SUFFIX(                                                              \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, const REAL *mean, const REAL *scale,   \
    const REAL *d_y, REAL *d_weight, REAL *d_bias);                                              \
                                                                                                 \
  /* d_x = weight scale (d_y - d_bias / m - (x - mean) scale d_weight / m); without the two means\
     where the statistics do not come from the batch. */                                         \
  void lk_batch_norm_backward_##SUFFIX(                                                          \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, const REAL *mean, const REAL *scale,   \
    const REAL *weight, const REAL *d_y, const REAL *d_weight, const REAL *d_bias,               \
    bool of_the_batch, REAL *d_x);                                                               \
                                                                                                 \
  /* Each of n rows of d numbers: y = weight (x - mean) scale + bias, with the row's own mean and \
     scale, which are written too. */                                                            \
  void lk_layer_norm_##SUFFIX(                                                                   \
    ptrdiff_t n, ptrdiff_t d, REAL epsilon, const REAL *x, const REAL *weight, const REAL *bias, \
    REAL *y, REAL *mean, REAL *scale);                                                           \
                                                                                                 \
  void lk_layer_norm_backward_##SUFFIX(                                                          \
    ptrdiff_t n, ptrdiff_t d, const REAL *x, const REAL *mean, const REAL *scale,                \
    const REAL *weight, const REAL *d_y, REAL *d_x, REAL *d_weight, REAL *d_bias);

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#undef LK_DECLARE
#endif
