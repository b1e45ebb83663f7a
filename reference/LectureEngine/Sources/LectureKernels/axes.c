#include <string.h>

#include "CourseKitKernels.h"
#include "LectureKernels.h"
#include "support.h"

// Columns that are exchanged with rows at once.
enum { lk_band = 64 };

#define REAL float
#define SUFFIX f32
#include "transpose_loops.h"
#undef REAL
#undef SUFFIX

#define REAL double
#define SUFFIX f64
#include "transpose_loops.h"
#undef REAL
#undef SUFFIX

#define LK_DEFINE(REAL, SUFFIX)                                                                  \
  typedef struct {                                                                               \
    ptrdiff_t rows, columns, bands;                                                              \
    const REAL *in;                                                                              \
    REAL *out;                                                                                   \
  } swap_##SUFFIX;                                                                               \
                                                                                                 \
  static void swap_some_##SUFFIX(                                                                \
    void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {                             \
    (void)slot;                                                                                  \
    const swap_##SUFFIX *job = context;                                                          \
    for (ptrdiff_t i = first; i < end; i++) {                                                    \
      const ptrdiff_t sample = i / job->bands * job->rows * job->columns;                        \
      const ptrdiff_t left = i % job->bands * lk_band;                                           \
      const ptrdiff_t width =                                                                    \
        job->columns - left < lk_band ? job->columns - left : lk_band;                           \
      transpose_##SUFFIX(                                                                        \
        job->rows, width, job->in + sample + left, job->columns,                                 \
        job->out + sample + left * job->rows, job->rows);                                        \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  void lk_swap_last_axes_##SUFFIX(                                                               \
    ptrdiff_t n, ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out) {                 \
    const ptrdiff_t bands = (columns + lk_band - 1) / lk_band;                                   \
    swap_##SUFFIX job = {rows, columns, bands, in, out};                                         \
    ck_share(                                                                                    \
      n * bands, 1 + LK_LEAST_WORK / (rows * lk_band + 1), swap_some_##SUFFIX, &job);            \
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
