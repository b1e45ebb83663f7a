// Numbers moved to other places: axes in another order, every so many pixels of an image.
#ifndef LECTURE_AXES_H
#define LECTURE_AXES_H

#include <stddef.h>

#include "LectureNames.h"

#pragma clang assume_nonnull begin
#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* [n, rows, columns] to [n, columns, rows]. */                                                \
  void lk_swap_last_axes_##SUFFIX(                                                               \
    ptrdiff_t n, ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out)                   \
    LK_NAME(SUFFIX, "swapLastAxes(samples:rows:columns:_:into:)");                               \
                                                                                                 \
  /* Every stride-th pixel of [n, c, h, w], and zeros in channels c and above: [n, out_c, h', w']\
     with h' = (h + stride - 1) / stride; out_c at least c. */                                   \
  void lk_subsample_##SUFFIX(                                                                    \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t out_c, ptrdiff_t h, ptrdiff_t w, ptrdiff_t stride,       \
    const REAL *in, REAL *out)                                                                   \
    LK_NAME(SUFFIX, "subsample(samples:channels:outputs:height:width:stride:_:into:)");          \
                                                                                                 \
  /* Back to [n, c, h, w], with zeros where no pixel was taken: the adjoint. */                  \
  void lk_subsample_backward_##SUFFIX(                                                           \
    ptrdiff_t n, ptrdiff_t c, ptrdiff_t out_c, ptrdiff_t h, ptrdiff_t w, ptrdiff_t stride,       \
    const REAL *d_out, REAL *d_in)                                                               \
    LK_NAME(SUFFIX, "subsampleBackward(samples:channels:outputs:height:width:stride:_:into:)");

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#pragma clang assume_nonnull end
#undef LK_DECLARE
#endif
