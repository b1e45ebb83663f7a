// Normalization over the batch and over the features of one sample.
#ifndef LECTURE_NORMS_H
#define LECTURE_NORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "LectureNames.h"

// Batch norm sees its input as [n, c, s]: samples, channels, and positions in an image (1 for plain
// features). There are m = n s values per channel.
typedef struct {
  ptrdiff_t n, c, s;
} lk_batch;

#pragma clang assume_nonnull begin
#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* Mean and biased variance of each channel, in two passes; m at least 1. */                   \
  void lk_batch_statistics_##SUFFIX(lk_batch batch, const REAL *x, REAL *mean, REAL *variance)   \
    LK_NAME(SUFFIX, "batchStatistics(_:_:mean:variance:)");                                      \
                                                                                                 \
  /* y = weight (x - mean) scale + bias, with scale = 1 / sqrt(variance + epsilon). */           \
  void lk_batch_norm_##SUFFIX(                                                                   \
    lk_batch batch, const REAL *x, const REAL *mean, const REAL *scale, const REAL *weight,      \
    const REAL *bias, REAL *y)                                                                   \
    LK_NAME(SUFFIX, "batchNorm(_:_:mean:scale:weight:bias:into:)");                              \
                                                                                                 \
  /* The same with the statistics of the batch, which are written too. */                        \
  void lk_batch_norm_in_training_##SUFFIX(                                                       \
    lk_batch batch, REAL epsilon, const REAL *x, const REAL *weight, const REAL *bias, REAL *y,  \
    REAL *mean, REAL *variance, REAL *scale)                                                     \
    LK_NAME(                                                                                     \
      SUFFIX, "batchNormInTraining(_:epsilon:_:weight:bias:into:mean:variance:scale:)");         \
                                                                                                 \
  /* d_bias = sum of d_y, d_weight = sum of d_y (x - mean) scale, and                            \
     d_x = weight scale (d_y - d_bias / m - (x - mean) scale d_weight / m); without the two means\
     where the statistics do not come from the batch. */                                         \
  void lk_batch_norm_backward_##SUFFIX(                                                          \
    lk_batch batch, const REAL *x, const REAL *mean, const REAL *scale, const REAL *weight,      \
    const REAL *d_y, bool of_the_batch, REAL *d_x, REAL *d_weight, REAL *d_bias)                 \
    LK_NAME(                                                                                     \
      SUFFIX, "batchNormBackward(_:_:mean:scale:weight:dOutput:ofTheBatch:into:dWeight:dBias:)");\
                                                                                                 \
  /* Each of n rows of d numbers: y = weight (x - mean) scale + bias, with the row's own mean and\
     scale, which are written too. */                                                            \
  void lk_layer_norm_##SUFFIX(                                                                   \
    ptrdiff_t n, ptrdiff_t d, REAL epsilon, const REAL *x, const REAL *weight, const REAL *bias, \
    REAL *y, REAL *mean, REAL *scale)                                                            \
    LK_NAME(SUFFIX, "layerNorm(rows:features:epsilon:_:weight:bias:into:mean:scale:)");          \
                                                                                                 \
  void lk_layer_norm_backward_##SUFFIX(                                                          \
    ptrdiff_t n, ptrdiff_t d, const REAL *x, const REAL *mean, const REAL *scale,                \
    const REAL *weight, const REAL *d_y, REAL *d_x, REAL *d_weight, REAL *d_bias)                \
    LK_NAME(                                                                                     \
      SUFFIX, "layerNormBackward(rows:features:_:mean:scale:weight:dOutput:into:"                \
      "dWeight:dBias:)");

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#pragma clang assume_nonnull end
#undef LK_DECLARE
#endif
