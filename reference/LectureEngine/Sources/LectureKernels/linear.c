#include <string.h>

#include "CourseKitKernels.h"
#include "LectureKernels.h"

#define LK_DEFINE(REAL, SUFFIX)                                                                  \
  bool lk_linear_##SUFFIX(                                                                       \
    lk_matrices s, const REAL *x, const REAL *weight, const REAL *bias, REAL *y) {               \
    const bool done = ck_matmul_##SUFFIX(                                                        \
      false, true, s.rows, s.outputs, s.inputs, x, s.inputs, weight, s.inputs, false, y,         \
      s.outputs);                                                                                \
    if (done && bias && s.rows > 0) {                                                            \
      const ptrdiff_t extents[] = {s.rows, s.outputs}, strides[] = {s.outputs, 1};               \
      ck_broadcast_##SUFFIX(ck_add, 2, extents, y, strides, bias, (ptrdiff_t[]){0, 1}, y);       \
    }                                                                                            \
    return done;                                                                                 \
  }                                                                                              \
                                                                                                 \
  bool lk_linear_gradients_##SUFFIX(                                                             \
    lk_matrices s, const REAL *x, const REAL *weight, const REAL *d_y, bool of_input,            \
    bool of_bias, REAL *d_x, REAL *d_weight, REAL *d_bias) {                                     \
    if (of_bias) {                                                                               \
      memset(d_bias, 0, (size_t)s.outputs * sizeof(REAL));                                       \
      if (s.rows > 0) ck_sum_##SUFFIX(1, s.rows, s.outputs, d_y, d_bias);                        \
    }                                                                                            \
    return ck_matmul_##SUFFIX(                                                                   \
             true, false, s.outputs, s.inputs, s.rows, d_y, s.outputs, x, s.inputs, false,       \
             d_weight, s.inputs) &&                                                              \
      (!of_input ||                                                                              \
       ck_matmul_##SUFFIX(                                                                       \
         false, false, s.rows, s.inputs, s.outputs, d_y, s.outputs, weight, s.inputs, false, d_x, \
         s.inputs));                                                                             \
  }

LK_DEFINE(float, f32)
LK_DEFINE(double, f64)
