// Where a sliding window and its input overlap.
#ifndef LECTURE_KERNELS_WINDOW_H
#define LECTURE_KERNELS_WINDOW_H

#include "LectureImages.h"
#include "support.h"

typedef struct {
  ptrdiff_t start, end;
} lk_range;

// The outputs, along one axis, at which the window's place `offset` lies on the input.
LK_INLINE lk_range lk_outputs_at(
  ptrdiff_t offset, ptrdiff_t stride, ptrdiff_t pad, ptrdiff_t in, ptrdiff_t out) {
  const ptrdiff_t first = pad - offset, last = in - 1 + pad - offset;
  const ptrdiff_t start = first > 0 ? (first + stride - 1) / stride : 0;
  const ptrdiff_t end = last < 0 ? 0 : lk_smaller(out, last / stride + 1);
  return (lk_range){start, lk_larger(start, end)};
}

LK_INLINE lk_range lk_columns_at(const lk_window *w, ptrdiff_t offset) {
  return lk_outputs_at(offset, w->stride_w, w->pad_w, w->in_w, w->out_w);
}

LK_INLINE lk_range lk_rows_at(const lk_window *w, ptrdiff_t offset) {
  return lk_outputs_at(offset, w->stride_h, w->pad_h, w->in_h, w->out_h);
}

#endif
