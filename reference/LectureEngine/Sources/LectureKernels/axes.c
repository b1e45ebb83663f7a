#include <string.h>

#include "CourseKitKernels.h"
#include "LectureKernels.h"
#include "support.h"

#define LK_DEFINE(REAL, SUFFIX)                                                                  \
  typedef struct {                                                                               \
    ptrdiff_t rows, columns;                                                                     \
    const REAL *in;                                                                              \
    REAL *out;                                                                                   \
  } swap_##SUFFIX;                                                                               \
                                                                                                 \
  static void swap_some_##SUFFIX(                                                                \
    void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {                             \
    (void)slot;                                                                                  \
    const swap_##SUFFIX *job = context;                                                          \
    const ptrdiff_t size = job->rows * job->columns;                                             \
    for (ptrdiff_t i = first; i < end; i++) {                                                    \
      ck_transpose_##SUFFIX(job->rows, job->columns, job->in + i * size, job->out + i * size);   \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  void lk_swap_last_axes_##SUFFIX(                                                               \
    ptrdiff_t n, ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out) {                 \
    swap_##SUFFIX job = {rows, columns, in, out};                                                \
    ck_share(n, 1 + LK_LEAST_WORK / (rows * columns + 1), swap_some_##SUFFIX, &job);             \
  }                                                                                              \
                                                                                                 \
  void lk_subsample_##SUFFIX(                                                                    \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t out_c, ptrdiff_t h, ptrdiff_t w, ptrdiff_t stride,       \
    const REAL *in, REAL *out) {                                                                 \
    const ptrdiff_t rows = (h + stride - 1) / stride, columns = (w + stride - 1) / stride;       \
    const ptrdiff_t surplus = (out_c - c) * rows * columns;                                      \
    for (ptrdiff_t i = 0; i < n; i++) {                                                          \
      for (ptrdiff_t row = 0; row < c * rows; row++) {                                           \
        const REAL *line = in + (row / rows * h + row % rows * stride) * w;                      \
        for (ptrdiff_t j = 0; j < columns; j++) *out++ = line[j * stride];                       \
      }                                                                                          \
      memset(out, 0, (size_t)surplus * sizeof(REAL));                                            \
      out += surplus;                                                                            \
      in += c * h * w;                                                                           \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  void lk_subsample_backward_##SUFFIX(                                                           \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t out_c, ptrdiff_t h, ptrdiff_t w, ptrdiff_t stride,       \
    const REAL *d_out, REAL *d_in) {                                                             \
    const ptrdiff_t rows = (h + stride - 1) / stride, columns = (w + stride - 1) / stride;       \
    memset(d_in, 0, (size_t)(n * c * h * w) * sizeof(REAL));                                     \
    for (ptrdiff_t i = 0; i < n; i++) {                                                          \
      for (ptrdiff_t row = 0; row < c * rows; row++) {                                           \
        REAL *line = d_in + (row / rows * h + row % rows * stride) * w;                          \
        for (ptrdiff_t j = 0; j < columns; j++) line[j * stride] = *d_out++;                     \
      }                                                                                          \
      d_out += (out_c - c) * rows * columns;                                                     \
      d_in += c * h * w;                                                                         \
    }                                                                                            \
  }

LK_DEFINE(float, f32)
LK_DEFINE(double, f64)
