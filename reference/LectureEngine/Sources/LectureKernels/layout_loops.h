// Images between channels first, [c, h, w], as tensors have them, and channels last, [h, w, c], as
// the products want them: there, what a row of the filter covers is one run of numbers. Included
// once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)

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

// Rows first ..< end of a frame: [channels, h, w] to [frame.h, frame.w, channels].
static void NAME(to_channels_last)(
  ptrdiff_t channels, ptrdiff_t h, ptrdiff_t w, NAME(frame) f, ptrdiff_t first, ptrdiff_t end,
  const REAL *in, REAL *out) {
  const ptrdiff_t rows = lk_clamp(f.h - f.top, 0, h), columns = lk_clamp(f.w - f.left, 0, w);
  const ptrdiff_t after = f.w - f.left - columns, line = f.w * channels;
  const size_t pixel = (size_t)channels * sizeof(REAL);
  const ptrdiff_t start = lk_clamp(f.top, first, end);
  const ptrdiff_t stop = columns > 0 ? lk_clamp(f.top + rows, start, end) : start;
  memset(out + first * line, 0, (size_t)((start - first) * f.w) * pixel);
  if (columns == w && f.w == w) {
    NAME(transpose)(
      channels, (stop - start) * w, in + (start - f.top) * w, h * w, out + start * line,
      channels);
  } else {
    for (ptrdiff_t y = start; y < stop; y++) {
      const REAL *from = in + (y - f.top) * w;
      REAL *row = out + y * line;
      memset(row, 0, (size_t)f.left * pixel);
      row += f.left * channels;
      if ((h - 1 - (y - f.top)) * w >= 7) {
        NAME(transpose_within)(channels, columns, from, h * w, row, channels);
      } else {
        NAME(transpose)(channels, columns, from, h * w, row, channels);
      }
      memset(row + columns * channels, 0, (size_t)after * pixel);
    }
  }
  memset(out + stop * line, 0, (size_t)((end - stop) * f.w) * pixel);
}

// Some images, `in_image` apart, whose frames then follow each other; each in some bands of rows.
typedef struct {
  ptrdiff_t channels, h, w, in_image, bands;
  NAME(frame) frame;
  const REAL *in;
  REAL *out;
} NAME(framing);

static void NAME(frame_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(framing) *f = context;
  const ptrdiff_t size = f->frame.h * f->frame.w * f->channels;
  for (ptrdiff_t i = first; i < end; i++) {
    const ptrdiff_t image = i / f->bands, band = i % f->bands;
    NAME(to_channels_last)(
      f->channels, f->h, f->w, f->frame, band * f->frame.h / f->bands,
      (band + 1) * f->frame.h / f->bands, f->in + image * f->in_image, f->out + image * size);
  }
}

static void NAME(frame_images)(
  ptrdiff_t images, ptrdiff_t channels, ptrdiff_t h, ptrdiff_t w, ptrdiff_t in_image,
  NAME(frame) frame, const REAL *in, REAL *out) {
  const ptrdiff_t size = channels * frame.h * frame.w;
  const ptrdiff_t bands =
    ck_threads() == 1 ? 1 : lk_clamp(size / LK_LEAST_WORK, 1, lk_smaller(frame.h, 4));
  NAME(framing) framing = {channels, h, w, in_image, bands, frame, in, out};
  ck_share(
    images * bands, 1 + LK_LEAST_WORK / (size / bands + 1), NAME(frame_some), &framing);
}

#undef NAME
