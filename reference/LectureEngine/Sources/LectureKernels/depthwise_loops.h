// A filter over one channel that makes one channel: no matrix, the filter slides over the plane.
// Included once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)

LK_INLINE void NAME(add_scaled)(
  ptrdiff_t count, REAL scale, ptrdiff_t in_stride, const REAL *in, ptrdiff_t out_stride,
  REAL *out) {
  if (in_stride == 1 && out_stride == 1) {
    for (ptrdiff_t x = 0; x < count; x++) out[x] += scale * in[x];
  } else {
    for (ptrdiff_t x = 0; x < count; x++) out[out_stride * x] += scale * in[in_stride * x];
  }
}

LK_INLINE REAL NAME(dot)(ptrdiff_t count, ptrdiff_t stride, const REAL *a, const REAL *b) {
  REAL total;
  if (stride == 1) {
    LK_SUM(total, count, i, a[i] * b[i]);
  } else {
    LK_SUM(total, count, i, a[stride * i] * b[i]);
  }
  return total;
}

// `out` already holds what the sums are added to.
LK_CLONES static void NAME(slide)(
  const lk_window *w, const REAL *in, const REAL *weight, REAL *out) {
  for (ptrdiff_t ky = 0; ky < w->kernel_h; ky++) {
    const lk_range rows = lk_rows_at(w, ky);
    for (ptrdiff_t kx = 0; kx < w->kernel_w; kx++, weight++) {
      const lk_range columns = lk_columns_at(w, kx);
      const ptrdiff_t left = columns.start * w->stride_w + kx - w->pad_w;
      for (ptrdiff_t y = rows.start; y < rows.end; y++) {
        NAME(add_scaled)(
          columns.end - columns.start, *weight, w->stride_w,
          in + (y * w->stride_h + ky - w->pad_h) * w->in_w + left, 1,
          out + y * w->out_w + columns.start);
      }
    }
  }
}

LK_CLONES static void NAME(slide_input_gradient)(
  const lk_window *w, const REAL *d_out, const REAL *weight, REAL *d_in) {
  for (ptrdiff_t ky = 0; ky < w->kernel_h; ky++) {
    const lk_range rows = lk_rows_at(w, ky);
    for (ptrdiff_t kx = 0; kx < w->kernel_w; kx++, weight++) {
      const lk_range columns = lk_columns_at(w, kx);
      const ptrdiff_t left = columns.start * w->stride_w + kx - w->pad_w;
      for (ptrdiff_t y = rows.start; y < rows.end; y++) {
        NAME(add_scaled)(
          columns.end - columns.start, *weight, 1, d_out + y * w->out_w + columns.start,
          w->stride_w, d_in + (y * w->stride_h + ky - w->pad_h) * w->in_w + left);
      }
    }
  }
}

LK_CLONES static void NAME(slide_weight_gradient)(
  const lk_window *w, const REAL *in, const REAL *d_out, REAL *d_weight) {
  for (ptrdiff_t ky = 0; ky < w->kernel_h; ky++) {
    const lk_range rows = lk_rows_at(w, ky);
    for (ptrdiff_t kx = 0; kx < w->kernel_w; kx++, d_weight++) {
      const lk_range columns = lk_columns_at(w, kx);
      const ptrdiff_t left = columns.start * w->stride_w + kx - w->pad_w;
      REAL sum = 0;
      for (ptrdiff_t y = rows.start; y < rows.end; y++) {
        sum += NAME(dot)(
          columns.end - columns.start, w->stride_w,
          in + (y * w->stride_h + ky - w->pad_h) * w->in_w + left,
          d_out + y * w->out_w + columns.start);
      }
      *d_weight += sum;
    }
  }
}

#undef NAME
