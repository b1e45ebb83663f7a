// The lecture's hot loops, for float (_f32) and double (_f64). Products of matrices come from
// CourseKitKernels; what is here is everything else.
//
// Tensors are row-major, images are [n, c, h, w]. No function keeps state between calls or runs on
// more than one thread; one that needs room for its work says so and returns false without it.
#ifndef LECTURE_KERNELS_H
#define LECTURE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "LectureImageKernels.h"

#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* d_in[i] = in[i] < 0 ? 0 : d_out[i], the slides' mask. */                                    \
  void lk_relu_backward_##SUFFIX(                                                                \
    ptrdiff_t count, const REAL *in, const REAL *d_out, REAL *d_in);

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#undef LK_DECLARE
#endif
