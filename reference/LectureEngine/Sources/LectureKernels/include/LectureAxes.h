// Axes in another order.
#ifndef LECTURE_AXES_H
#define LECTURE_AXES_H

#include <stddef.h>

#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* [n, rows, columns] to [n, columns, rows]. */                                                \
  void lk_swap_last_axes_##SUFFIX(                                                               \
    ptrdiff_t n, ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out);

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#undef LK_DECLARE
#endif
