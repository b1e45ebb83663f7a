// Images between channels first, [c, h, w], as tensors have them, and channels last, [h, w, c], as
// the products want them: there, what a row of the filter covers is one run of numbers. Included
// once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)

typedef REAL NAME(eight) __attribute__((vector_size(8 * sizeof(REAL)), aligned(sizeof(REAL))));

// Transposes 8 x 8 numbers in registers, adds a number to each row of `out`, and writes `keep` of
// them.
LK_INLINE void NAME(transpose_eight)(
  const REAL *in, ptrdiff_t in_row, const REAL *offsets, ptrdiff_t keep, REAL *out,
  ptrdiff_t out_row) {
  NAME(eight) a[8], b[8];
  for (int i = 0; i < 8; i++) a[i] = *(const NAME(eight) *)(in + i * in_row);
  for (int i = 0; i < 8; i += 2) {
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int j = 0; j < 4; j++) {
    const int i = j / 2 * 4 + j % 2;
    a[i] = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    a[i + 2] = __builtin_shufflevector(b[i], b[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (int i = 0; i < 4; i++) {
    b[i] = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    b[i + 4] = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  for (int i = 0; i < 8; i++) {
    if (i < keep) *(NAME(eight) *)(out + i * out_row) = offsets ? b[i] + offsets[i] : b[i];
  }
}

// out[j * out_row + i * step] = in[i * in_row + j], and offsets[j] more if there are any. With
// `overreads`, rows of `in` can be read up to the next multiple of 8 columns.
LK_INLINE void NAME(transpose_any)(
  ptrdiff_t rows, ptrdiff_t columns, const bool overreads, const REAL *in, ptrdiff_t in_row,
  const REAL *offsets, REAL *out, ptrdiff_t out_row, ptrdiff_t step) {
  const ptrdiff_t whole_rows = step == 1 ? rows / 8 * 8 : 0;
  const ptrdiff_t whole_columns = overreads ? columns : columns / 8 * 8;
  for (ptrdiff_t j = 0; j < whole_columns; j += 8) {
    const ptrdiff_t keep = overreads ? columns - j : 8;
    for (ptrdiff_t i = 0; i < whole_rows; i += 8) {
      NAME(transpose_eight)(
        in + i * in_row + j, in_row, offsets ? offsets + j : NULL, keep, out + j * out_row + i,
        out_row);
    }
  }
  for (ptrdiff_t j = 0; j < columns; j++) {
    const REAL offset = offsets ? offsets[j] : 0;
    // Vectorized, this would gather or scatter, which takes longer than one number at a time.
#pragma clang loop vectorize(disable)
    for (ptrdiff_t i = j < whole_columns ? whole_rows : 0; i < rows; i++) {
      const REAL value = in[i * in_row + j];
      out[j * out_row + i * step] = offsets ? value + offset : value;
    }
  }
}

LK_CLONES static void NAME(transpose)(
  ptrdiff_t rows, ptrdiff_t columns, const REAL *in, ptrdiff_t in_row, REAL *out,
  ptrdiff_t out_row) {
  NAME(transpose_any)(rows, columns, false, in, in_row, NULL, out, out_row, 1);
}

// Results, a row for each pixel, to channels first. A row can be read up to the next multiple of 8.
LK_CLONES static void NAME(put_channels_first)(
  ptrdiff_t rows, ptrdiff_t columns, const REAL *in, ptrdiff_t in_row, const REAL *bias, REAL *out,
  ptrdiff_t out_plane, ptrdiff_t step) {
  if (bias) {
    NAME(transpose_any)(rows, columns, true, in, in_row, bias, out, out_plane, step);
  } else {
    NAME(transpose_any)(rows, columns, true, in, in_row, NULL, out, out_plane, step);
  }
}

// A plane with room around it: `top` and `left` places of padding before the image, and as many
// after it as fill `h` x `w`; what does not fit is left away.
typedef struct {
  ptrdiff_t top, left, h, w;
} NAME(frame);

// [channels, h, w] to [frame.h, frame.w, channels].
static void NAME(to_channels_last)(
  ptrdiff_t channels, ptrdiff_t h, ptrdiff_t w, NAME(frame) f, const REAL *in, REAL *out) {
  const ptrdiff_t rows = lk_clamp(f.h - f.top, 0, h), columns = lk_clamp(f.w - f.left, 0, w);
  const size_t pixel = (size_t)channels * sizeof(REAL);
  if (rows == h && columns == w && f.h == h && f.w == w) {
    NAME(transpose)(channels, h * w, in, h * w, out, channels);
    return;
  }
  const ptrdiff_t after = f.w - f.left - columns, line = f.w * channels;
  if (rows == 0 || columns == 0) {
    memset(out, 0, (size_t)(f.h * f.w) * pixel);
    return;
  }
  memset(out, 0, (size_t)(f.top * f.w) * pixel);
  for (ptrdiff_t y = 0; y < rows; y++) {
    REAL *row = out + (f.top + y) * line;
    memset(row, 0, (size_t)f.left * pixel);
    row += f.left * channels;
    NAME(transpose)(channels, columns, in + y * w, h * w, row, channels);
    memset(row + columns * channels, 0, (size_t)after * pixel);
  }
  memset(out + (f.top + rows) * line, 0, (size_t)((f.h - f.top - rows) * f.w) * pixel);
}

// Some images, `in_image` apart, whose frames then follow each other.
typedef struct {
  ptrdiff_t channels, h, w, in_image;
  NAME(frame) frame;
  const REAL *in;
  REAL *out;
} NAME(framing);

static void NAME(frame_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(framing) *f = context;
  for (ptrdiff_t i = first; i < end; i++) {
    NAME(to_channels_last)(
      f->channels, f->h, f->w, f->frame, f->in + i * f->in_image,
      f->out + i * f->frame.h * f->frame.w * f->channels);
  }
}

static void NAME(frame_images)(
  ptrdiff_t images, ptrdiff_t channels, ptrdiff_t h, ptrdiff_t w, ptrdiff_t in_image,
  NAME(frame) frame, const REAL *in, REAL *out) {
  NAME(framing) framing = {channels, h, w, in_image, frame, in, out};
  ck_share(images, 1 + LK_LEAST_WORK / (channels * h * w + 1), NAME(frame_some), &framing);
}

#undef NAME
