// Functions of single elements.
#ifndef LECTURE_ACTIVATIONS_H
#define LECTURE_ACTIVATIONS_H

#include <stddef.h>

#include "LectureNames.h"

// `a` and `b` are the function's parameters, where it has any.
typedef enum __attribute__((enum_extensibility(closed))) {
  lk_relu,        // x < 0 ? 0 : x, the slides' mask: at exactly 0 the gradient passes
  lk_leaky_relu,  // x < 0 ? a x : x
  lk_sigmoid,     // 1 / (1 + exp(-x))
  lk_tanh,        // a tanh(b x)
  lk_gelu,        // x times the share of a normal distribution below x
  lk_gelu_tanh,   // the same, approximately, through tanh
} lk_activation;

#pragma clang assume_nonnull begin
#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  void lk_activate_##SUFFIX(                                                                     \
    lk_activation function, REAL a, REAL b, ptrdiff_t count, const REAL *in, REAL *out)          \
    LK_NAME(SUFFIX, "activate(_:a:b:count:_:into:)");                                            \
                                                                                                 \
  /* d_in[i] = the function's derivative at in[i], times d_out[i]. */                            \
  void lk_activate_backward_##SUFFIX(                                                            \
    lk_activation function, REAL a, REAL b, ptrdiff_t count, const REAL *in, const REAL *d_out,  \
    REAL *d_in)                                                                                  \
    LK_NAME(SUFFIX, "activateBackward(_:a:b:count:_:dOutput:into:)");

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#pragma clang assume_nonnull end
#undef LK_DECLARE
#endif
