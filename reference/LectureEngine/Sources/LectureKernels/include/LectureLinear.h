// A fully connected layer.
#ifndef LECTURE_LINEAR_H
#define LECTURE_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "LectureNames.h"

// The rows of x and y, and their numbers; a weight has a row for each output.
typedef struct {
  ptrdiff_t rows, inputs, outputs;
} lk_matrices;

#pragma clang assume_nonnull begin
#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* y = x weight^T + bias. False if memory ran out, as below. */                                \
  bool lk_linear_##SUFFIX(                                                                       \
    lk_matrices sizes, const REAL *x, const REAL *weight, const REAL *_Nullable bias, REAL *y)   \
    LK_NAME(SUFFIX, "linear(_:_:weight:bias:into:)");                                            \
                                                                                                 \
  /* d_weight = d_y^T x, d_bias = sum of d_y, d_x = d_y weight; of the input and of the bias only \
     where they are asked for. */                                                                \
  bool lk_linear_gradients_##SUFFIX(                                                             \
    lk_matrices sizes, const REAL *x, const REAL *weight, const REAL *d_y, bool of_input,        \
    bool of_bias, REAL *d_x, REAL *d_weight, REAL *d_bias)                                       \
    LK_NAME(                                                                                     \
      SUFFIX, "linearGradients(_:_:weight:dOutput:ofInput:ofBias:dInput:dWeight:dBias:)");

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#pragma clang assume_nonnull end
#undef LK_DECLARE
#endif
