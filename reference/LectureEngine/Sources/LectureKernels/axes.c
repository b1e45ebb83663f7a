#include "CourseKitKernels.h"
#include "LectureKernels.h"

#define LK_DEFINE(REAL, SUFFIX)                                                                  \
  void lk_swap_last_axes_##SUFFIX(                                                               \
    ptrdiff_t n, ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out) {                 \
    const ptrdiff_t size = rows * columns;                                                       \
    for (ptrdiff_t i = 0; i < n; i++) {                                                          \
      ck_transpose_##SUFFIX(rows, columns, in + i * size, out + i * size);                       \
    }                                                                                            \
  }

LK_DEFINE(float, f32)
LK_DEFINE(double, f64)
