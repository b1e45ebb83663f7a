// Losses, output layers and the step of gradient descent.
#ifndef LECTURE_TRAINING_H
#define LECTURE_TRAINING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "LectureNames.h"

#pragma clang assume_nonnull begin
#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* Each of n rows of k numbers: exp(x) over their sum; the largest is subtracted first. */     \
  void lk_softmax_##SUFFIX(ptrdiff_t n, ptrdiff_t k, const REAL *x, REAL *p)                     \
    LK_NAME(SUFFIX, "softmax(rows:classes:_:into:)");                                            \
                                                                                                 \
  /* d_x = p (d_p - sum of p d_p). */                                                            \
  void lk_softmax_backward_##SUFFIX(                                                             \
    ptrdiff_t n, ptrdiff_t k, const REAL *p, const REAL *d_p, REAL *d_x)                         \
    LK_NAME(SUFFIX, "softmaxBackward(rows:classes:_:dOutput:into:)");                            \
                                                                                                 \
  /* losses = -log softmax of the row's label; d_logits = weight (softmax - onehot). */          \
  void lk_softmax_cross_entropy_##SUFFIX(                                                        \
    ptrdiff_t n, ptrdiff_t k, const REAL *logits, const ptrdiff_t *labels, REAL weight,          \
    REAL *losses, REAL *d_logits)                                                                \
    LK_NAME(SUFFIX, "softmaxCrossEntropy(rows:classes:_:labels:weight:losses:dLogits:)");        \
                                                                                                 \
  /* y[i][j] = |x[i] - center[j]|^2, for n rows of d numbers and k centers. */                   \
  void lk_squared_distances_##SUFFIX(                                                            \
    ptrdiff_t n, ptrdiff_t d, ptrdiff_t k, const REAL *x, const REAL *centers, REAL *y)          \
    LK_NAME(SUFFIX, "squaredDistances(rows:features:classes:_:centers:into:)");                  \
                                                                                                 \
  void lk_squared_distances_backward_##SUFFIX(                                                   \
    ptrdiff_t n, ptrdiff_t d, ptrdiff_t k, const REAL *x, const REAL *centers, const REAL *d_y,  \
    REAL *d_x, REAL *d_centers)                                                                  \
    LK_NAME(                                                                                     \
      SUFFIX, "squaredDistancesBackward(rows:features:classes:_:centers:dOutput:into:dCenters:)"); \
                                                                                                 \
  /* w = w - rate g, the product rounded first, as a framework does that has no fused step. */   \
  void lk_descend_##SUFFIX(                                                                      \
    ptrdiff_t rows, ptrdiff_t columns, REAL rate, const REAL *g, REAL *w)                        \
    LK_NAME(SUFFIX, "descend(rows:columns:rate:gradient:weight:)");                              \
                                                                                                 \
  /* The same for g = xT d of n samples, which is not stored, in the same bits. Returns false, and\
     has done nothing, for more samples than one sum takes. */                                   \
  bool lk_descend_by_product_##SUFFIX(                                                           \
    ptrdiff_t n, ptrdiff_t inputs, ptrdiff_t outputs, REAL rate, const REAL *x, const REAL *d,   \
    REAL *w)                                                                                     \
    LK_NAME(SUFFIX, "descend(samples:inputs:outputs:rate:_:dOutput:weight:)");                   \
                                                                                                 \
  /* v = momentum v + (g + decay w), then w = w - rate v. */                                     \
  void lk_descend_with_momentum_##SUFFIX(                                                        \
    ptrdiff_t rows, ptrdiff_t columns, REAL rate, REAL momentum, REAL decay, const REAL *g,      \
    REAL *v, REAL *w)                                                                            \
    LK_NAME(                                                                                     \
      SUFFIX, "descendWithMomentum(rows:columns:rate:momentum:decay:gradient:velocity:"          \
      "weight:)");                                                                               \
                                                                                                 \
  /* For each index the image that stands there, as the numbers that its bytes have in the table:  \
     256 numbers for each channel. */                                                            \
  void lk_look_up_##SUFFIX(                                                                      \
    ptrdiff_t images, const ptrdiff_t *indices, ptrdiff_t channels, ptrdiff_t plane,             \
    const uint8_t *bytes, const REAL *table, REAL *out)                                          \
    LK_NAME(SUFFIX, "lookUp(images:at:channels:plane:_:table:into:)");                           \
                                                                                                 \
  /* For each index the row that stands there, `size` numbers. */                                \
  void lk_gather_##SUFFIX(                                                                       \
    ptrdiff_t rows, const ptrdiff_t *indices, ptrdiff_t size, const REAL *in, REAL *out)         \
    LK_NAME(SUFFIX, "gather(rows:at:size:_:into:)");

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#pragma clang assume_nonnull end
#undef LK_DECLARE
#endif
