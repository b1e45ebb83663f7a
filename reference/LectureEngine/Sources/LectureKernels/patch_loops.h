// Patches of an image as columns of a matrix, and back. Included once per scalar type.
//
// Row (c, ky, kx) of the matrix holds, for each output pixel, the input that the filter's weight
// (c, ky, kx) meets there; padding is 0. A matrix can hold any run of the output's pixels, so that
// it stays in a cache.
#define NAME(base) LK_PASTE(base, SUFFIX)

// Runs are short, often no longer than a row of 7 pixels: calls of memcpy would cost more than the
// copies. So whole parts of `part` numbers are copied, the last of them over some of the one
// before.
LK_INLINE void NAME(copy_parts)(
  ptrdiff_t count, const ptrdiff_t part, const REAL *in, REAL *out) {
  const size_t bytes = (size_t)part * sizeof(REAL);
  for (ptrdiff_t x = 0; x + part < count; x += part) memcpy(out + x, in + x, bytes);
  memcpy(out + count - part, in + count - part, bytes);
}

LK_INLINE void NAME(copy)(ptrdiff_t count, const REAL *in, REAL *out) {
  if (count >= 16) {
    NAME(copy_parts)(count, 16, in, out);
  } else if (count >= 8) {
    NAME(copy_parts)(count, 8, in, out);
  } else if (count >= 4) {
    NAME(copy_parts)(count, 4, in, out);
  } else {
    if (count > 0) out[0] = in[0];
    if (count > 1) out[1] = in[1];
    if (count > 2) out[2] = in[2];
  }
}

// One row of the matrix along one row of the output.
LK_INLINE void NAME(gather_run)(ptrdiff_t count, ptrdiff_t stride, const REAL *in, REAL *out) {
  if (stride == 1) {
    NAME(copy)(count, in, out);
  } else if (stride == 2) {
    for (ptrdiff_t x = 0; x < count; x++) out[x] = in[2 * x];
  } else {
    for (ptrdiff_t x = 0; x < count; x++) out[x] = in[stride * x];
  }
}

LK_INLINE void NAME(scatter_run)(ptrdiff_t count, ptrdiff_t stride, const REAL *in, REAL *out) {
  if (stride == 1) {
    for (ptrdiff_t x = 0; x < count; x++) out[x] += in[x];
  } else if (stride == 2) {
    for (ptrdiff_t x = 0; x < count; x++) out[2 * x] += in[x];
  } else {
    for (ptrdiff_t x = 0; x < count; x++) out[stride * x] += in[x];
  }
}

LK_INLINE void NAME(zero)(ptrdiff_t count, REAL *out) {
  for (ptrdiff_t x = 0; x < count; x++) out[x] = 0;
}

// One weight of the filter: `row` is its row of the matrix, `plane` the channel it looks at.
LK_INLINE void NAME(gather_row)(
  const lk_window *w, ptrdiff_t ky, ptrdiff_t kx, ptrdiff_t first, ptrdiff_t count,
  const REAL *plane, REAL *row) {
  const lk_range columns = lk_columns_at(w, kx);
  const ptrdiff_t end = first + count;
  for (ptrdiff_t y = first / w->out_w; y * w->out_w < end; y++) {
    const ptrdiff_t start = lk_larger(first - y * w->out_w, 0);
    const ptrdiff_t stop = lk_smaller(end - y * w->out_w, w->out_w);
    const ptrdiff_t in_y = y * w->stride_h + ky - w->pad_h;
    if (in_y < 0 || in_y >= w->in_h) {
      NAME(zero)(stop - start, row);
    } else {
      const ptrdiff_t from = lk_clamp(columns.start, start, stop);
      const ptrdiff_t to = lk_clamp(columns.end, from, stop);
      const REAL *in = plane + in_y * w->in_w + from * w->stride_w + kx - w->pad_w;
      NAME(zero)(from - start, row);
      NAME(gather_run)(to - from, w->stride_w, in, row + (from - start));
      NAME(zero)(stop - to, row + (to - start));
    }
    row += stop - start;
  }
}

LK_INLINE void NAME(scatter_row)(
  const lk_window *w, ptrdiff_t ky, ptrdiff_t kx, ptrdiff_t first, ptrdiff_t count,
  const REAL *row, REAL *plane) {
  const lk_range columns = lk_columns_at(w, kx);
  const ptrdiff_t end = first + count;
  for (ptrdiff_t y = first / w->out_w; y * w->out_w < end; y++) {
    const ptrdiff_t start = lk_larger(first - y * w->out_w, 0);
    const ptrdiff_t stop = lk_smaller(end - y * w->out_w, w->out_w);
    const ptrdiff_t in_y = y * w->stride_h + ky - w->pad_h;
    const ptrdiff_t from = lk_clamp(columns.start, start, stop);
    const ptrdiff_t to = lk_clamp(columns.end, from, stop);
    if (in_y >= 0 && in_y < w->in_h && from < to) {
      REAL *out = plane + in_y * w->in_w + from * w->stride_w + kx - w->pad_w;
      NAME(scatter_run)(to - from, w->stride_w, row + (from - start), out);
    }
    row += stop - start;
  }
}

// patches [channels * kernel_h * kernel_w, count] from the output's pixels first ..< first + count.
LK_CLONES static void NAME(gather_patches)(
  const lk_window *w, ptrdiff_t channels, ptrdiff_t first, ptrdiff_t count, const REAL *in,
  REAL *patches) {
  for (ptrdiff_t c = 0; c < channels; c++, in += w->in_h * w->in_w) {
    for (ptrdiff_t ky = 0; ky < w->kernel_h; ky++) {
      for (ptrdiff_t kx = 0; kx < w->kernel_w; kx++, patches += count) {
        NAME(gather_row)(w, ky, kx, first, count, in, patches);
      }
    }
  }
}

// The adjoint: adds every number of the matrix to the input that it came from.
LK_CLONES static void NAME(scatter_patches)(
  const lk_window *w, ptrdiff_t channels, ptrdiff_t first, ptrdiff_t count, const REAL *patches,
  REAL *out) {
  for (ptrdiff_t c = 0; c < channels; c++, out += w->in_h * w->in_w) {
    for (ptrdiff_t ky = 0; ky < w->kernel_h; ky++) {
      for (ptrdiff_t kx = 0; kx < w->kernel_w; kx++, patches += count) {
        NAME(scatter_row)(w, ky, kx, first, count, patches, out);
      }
    }
  }
}

#undef NAME
