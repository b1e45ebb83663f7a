#include "LectureKernels.h"

#define LK_DEFINE(REAL, SUFFIX)                                                                  \
  void lk_relu_backward_##SUFFIX(                                                                \
    ptrdiff_t count, const REAL *in, const REAL *d_out, REAL *d_in) {                            \
    for (ptrdiff_t i = 0; i < count; i++) d_in[i] = in[i] < 0 ? 0 : d_out[i];                     \
  }

LK_DEFINE(float, f32)
LK_DEFINE(double, f64)
