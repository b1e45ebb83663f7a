// Pooling, one place of the window at a time along whole rows of the output. Included once per
// scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)

// Whether every window lies in the image.
LK_INLINE bool NAME(has_whole_windows)(const lk_window *w) {
  return w->pad_h == 0 && w->pad_w == 0;
}

// NaN wins, as it does everywhere: hiding it would hide a mistake.
LK_INLINE void NAME(keep_larger)(
  ptrdiff_t count, const ptrdiff_t stride, int32_t place, const REAL *in, REAL *best,
  int32_t *switches) {
  for (ptrdiff_t x = 0; x < count; x++) {
    const REAL value = in[stride * x];
    const bool wins = best[x] == best[x] && (value > best[x] || value != value);
    best[x] = wins ? value : best[x];
    switches[x] = wins ? place + (int32_t)(stride * x) : switches[x];
  }
}

// Windows of 2 x 2 side by side, as many as have use of the longest vectors.
enum { NAME(pairs) = 16 };

LK_INLINE void NAME(max_pool_pairs)(
  ptrdiff_t in_w, int32_t place, const REAL *in, REAL *out, int32_t *switches) {
  REAL best[NAME(pairs)];
  int32_t places[NAME(pairs)];
#pragma clang loop vectorize(enable) unroll(disable)
  for (int x = 0; x < NAME(pairs); x++) {
    const REAL values[4] = {in[2 * x], in[2 * x + 1], in[in_w + 2 * x], in[in_w + 2 * x + 1]};
    const int32_t first = place + 2 * x, below = first + (int32_t)in_w;
    const int32_t names[4] = {first, first + 1, below, below + 1};
    REAL largest = values[0];
    int32_t winner = first;
    for (int i = 1; i < 4; i++) {
      const bool wins = largest == largest && !(values[i] <= largest);
      largest = wins ? values[i] : largest;
      winner = wins ? names[i] : winner;
    }
    best[x] = largest;
    places[x] = winner;
  }
  memcpy(out, best, sizeof best);
  memcpy(switches, places, sizeof places);
}

// Whether a row of outputs, `rest` of them before the end of all, is one of such windows. What is
// stored behind the row's end the next one stores anew, and as many inputs can be read.
LK_INLINE bool NAME(is_row_of_pairs)(const lk_window *w, ptrdiff_t rest) {
  return w->kernel_h == 2 && w->kernel_w == 2 && w->stride_h == 2 && w->stride_w == 2 &&
    NAME(has_whole_windows)(w) && rest >= w->out_w + NAME(pairs) + w->in_w / 4;
}

LK_INLINE void NAME(max_pool_row)(
  const lk_window *w, ptrdiff_t y, const REAL *in, REAL *out, int32_t *switches) {
  const ptrdiff_t top = y * w->stride_h - w->pad_h;
  const ptrdiff_t first_row = lk_larger(top, 0), end = lk_smaller(top + w->kernel_h, w->in_h);
  for (ptrdiff_t x = 0; x < w->out_w; x++) {
    // What a window holds that nothing exceeds: its first input.
    out[x] = -INFINITY;
    switches[x] = (int32_t)(first_row * w->in_w + lk_larger(x * w->stride_w - w->pad_w, 0));
  }
  for (ptrdiff_t in_y = first_row; in_y < end; in_y++) {
    for (ptrdiff_t kx = 0; kx < w->kernel_w; kx++) {
      const lk_range columns = lk_columns_at(w, kx);
      const ptrdiff_t count = columns.end - columns.start, first = columns.start;
      const ptrdiff_t place = in_y * w->in_w + first * w->stride_w + kx - w->pad_w;
      if (count <= 0) continue;
      if (w->stride_w == 2) {
        NAME(keep_larger)(count, 2, (int32_t)place, in + place, out + first, switches + first);
      } else {
        NAME(keep_larger)(
          count, w->stride_w, (int32_t)place, in + place, out + first, switches + first);
      }
    }
  }
}

// Some of the planes, each from `in` to `out` or back.
typedef struct {
  const lk_window *window;
  bool counts_padding;
  const REAL *in;
  REAL *out;
  int32_t *switches;
} NAME(pooling_job);

LK_INLINE void NAME(share_planes)(ptrdiff_t planes, NAME(pooling_job) j, ck_part part) {
  ck_share(planes, 1 + LK_LEAST_WORK / (j.window->in_h * j.window->in_w + 1), part, &j);
}

LK_CLONES static void NAME(max_pool_some)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(pooling_job) *job = context;
  const lk_window *w = job->window;
  const ptrdiff_t in_size = w->in_h * w->in_w, out_size = w->out_h * w->out_w;
  for (ptrdiff_t plane = first; plane < end; plane++) {
    const REAL *in = job->in + plane * in_size;
    for (ptrdiff_t y = 0; y < w->out_h; y++) {
      const ptrdiff_t row = plane * out_size + y * w->out_w;
      if (!NAME(is_row_of_pairs)(w, end * out_size - row)) {
        NAME(max_pool_row)(w, y, in, job->out + row, job->switches + row);
        continue;
      }
      for (ptrdiff_t x = 0; x < w->out_w; x += NAME(pairs)) {
        const ptrdiff_t place = 2 * y * w->in_w + 2 * x, to = row + x;
        NAME(max_pool_pairs)(
          w->in_w, (int32_t)place, in + place, job->out + to, job->switches + to);
      }
    }
  }
}

void LK_PASTE(lk_max_pool, SUFFIX)(
  ptrdiff_t planes, const lk_window *w, const REAL *in, REAL *out, int32_t *switches) {
  NAME(share_planes)(
    planes, (NAME(pooling_job)){w, false, in, out, switches}, NAME(max_pool_some));
}

static void NAME(unpool_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(pooling_job) *job = context;
  const lk_window *w = job->window;
  const ptrdiff_t in_size = w->in_h * w->in_w, out_size = w->out_h * w->out_w;
  const REAL *values = job->in + first * out_size;
  const int32_t *switches = job->switches + first * out_size;
  REAL *image = job->out + first * in_size;
  for (ptrdiff_t plane = first; plane < end; plane++, image += in_size) {
    memset(image, 0, (size_t)in_size * sizeof(REAL));
    for (ptrdiff_t i = 0; i < out_size; i++) image[*switches++] += *values++;
  }
}

void LK_PASTE(lk_unpool, SUFFIX)(
  ptrdiff_t planes, const lk_window *w, const REAL *values, const int32_t *switches, REAL *image) {
  NAME(share_planes)(
    planes, (NAME(pooling_job)){w, false, values, image, (int32_t *)switches},
    NAME(unpool_some));
}

// How many numbers the mean at (y, x) is over.
LK_INLINE REAL NAME(divisor)(const lk_window *w, bool counts_padding, ptrdiff_t y, ptrdiff_t x) {
  if (counts_padding) return (REAL)(w->kernel_h * w->kernel_w);
  const ptrdiff_t top = y * w->stride_h - w->pad_h, left = x * w->stride_w - w->pad_w;
  const ptrdiff_t rows = lk_smaller(top + w->kernel_h, w->in_h) - lk_larger(top, 0);
  const ptrdiff_t columns = lk_smaller(left + w->kernel_w, w->in_w) - lk_larger(left, 0);
  return (REAL)(rows * columns);
}

LK_INLINE void NAME(average_pool_row)(
  const lk_window *w, bool counts_padding, ptrdiff_t y, const REAL *in, REAL *out) {
  const ptrdiff_t top = y * w->stride_h - w->pad_h;
  for (ptrdiff_t x = 0; x < w->out_w; x++) out[x] = 0;
  for (ptrdiff_t in_y = lk_larger(top, 0); in_y < lk_smaller(top + w->kernel_h, w->in_h); in_y++) {
    for (ptrdiff_t kx = 0; kx < w->kernel_w; kx++) {
      const lk_range columns = lk_columns_at(w, kx);
      const REAL *row = in + in_y * w->in_w + kx - w->pad_w;
      if (w->stride_w == 2) {
        for (ptrdiff_t x = columns.start; x < columns.end; x++) out[x] += row[2 * x];
      } else {
        for (ptrdiff_t x = columns.start; x < columns.end; x++) out[x] += row[w->stride_w * x];
      }
    }
  }
  if (NAME(has_whole_windows)(w)) {
    const REAL size = (REAL)(w->kernel_h * w->kernel_w);
    for (ptrdiff_t x = 0; x < w->out_w; x++) out[x] /= size;
  } else {
    for (ptrdiff_t x = 0; x < w->out_w; x++) out[x] /= NAME(divisor)(w, counts_padding, y, x);
  }
}

LK_CLONES static void NAME(average_pool_some)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(pooling_job) *job = context;
  const lk_window *w = job->window;
  const REAL *in = job->in + first * w->in_h * w->in_w;
  REAL *out = job->out + first * w->out_h * w->out_w;
  for (ptrdiff_t plane = first; plane < end; plane++, in += w->in_h * w->in_w) {
    for (ptrdiff_t y = 0; y < w->out_h; y++, out += w->out_w) {
      NAME(average_pool_row)(w, job->counts_padding, y, in, out);
    }
  }
}

void LK_PASTE(lk_average_pool, SUFFIX)(
  ptrdiff_t planes, const lk_window *w, bool counts_padding, const REAL *in, REAL *out) {
  NAME(share_planes)(
    planes, (NAME(pooling_job)){w, counts_padding, in, out, NULL}, NAME(average_pool_some));
}

LK_INLINE void NAME(spread)(
  const lk_window *w, ptrdiff_t y, ptrdiff_t x, REAL share, REAL *d_in) {
  const ptrdiff_t top = y * w->stride_h - w->pad_h, left = x * w->stride_w - w->pad_w;
  const ptrdiff_t bottom = lk_smaller(top + w->kernel_h, w->in_h);
  const ptrdiff_t right = lk_smaller(left + w->kernel_w, w->in_w);
  for (ptrdiff_t in_y = lk_larger(top, 0); in_y < bottom; in_y++) {
    for (ptrdiff_t in_x = lk_larger(left, 0); in_x < right; in_x++) {
      d_in[in_y * w->in_w + in_x] += share;
    }
  }
}

// A row of outputs whose windows are whole and do not meet: each input has one share, or none.
LK_INLINE void NAME(spread_row)(
  const lk_window *w, ptrdiff_t y, const ptrdiff_t kernel_w, const ptrdiff_t stride_w,
  const REAL *d_out, REAL *d_in) {
  const REAL size = (REAL)(w->kernel_h * w->kernel_w);
  for (ptrdiff_t ky = 0; ky < w->kernel_h; ky++) {
    REAL *row = d_in + (y * w->stride_h + ky) * w->in_w;
    for (ptrdiff_t x = 0; x < w->out_w; x++) {
      const REAL share = d_out[x] / size;
      for (ptrdiff_t kx = 0; kx < kernel_w; kx++) row[x * stride_w + kx] += share;
    }
  }
}

LK_CLONES static void NAME(spread_some)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(pooling_job) *job = context;
  const lk_window *w = job->window;
  const REAL *d_out = job->in + first * w->out_h * w->out_w;
  REAL *d_in = job->out + first * w->in_h * w->in_w;
  memset(d_in, 0, (size_t)((end - first) * w->in_h * w->in_w) * sizeof(REAL));
  const bool meet_nowhere = NAME(has_whole_windows)(w) && w->stride_h >= w->kernel_h &&
    w->stride_w >= w->kernel_w;
  for (ptrdiff_t plane = first; plane < end; plane++, d_in += w->in_h * w->in_w) {
    for (ptrdiff_t y = 0; y < w->out_h; y++) {
      if (meet_nowhere) {
        if (w->kernel_w == 2 && w->stride_w == 2) {
          NAME(spread_row)(w, y, 2, 2, d_out, d_in);
        } else {
          NAME(spread_row)(w, y, w->kernel_w, w->stride_w, d_out, d_in);
        }
        d_out += w->out_w;
        continue;
      }
      for (ptrdiff_t x = 0; x < w->out_w; x++, d_out++) {
        NAME(spread)(w, y, x, *d_out / NAME(divisor)(w, job->counts_padding, y, x), d_in);
      }
    }
  }
}

void LK_PASTE(lk_average_pool_gradient, SUFFIX)(
  ptrdiff_t planes, const lk_window *w, bool counts_padding, const REAL *d_out, REAL *d_in) {
  NAME(share_planes)(
    planes, (NAME(pooling_job)){w, counts_padding, d_out, d_in, NULL}, NAME(spread_some));
}

void LK_PASTE(lk_shift, SUFFIX)(
  ptrdiff_t planes, ptrdiff_t in_h, ptrdiff_t in_w, ptrdiff_t out_h, ptrdiff_t out_w,
  ptrdiff_t top, ptrdiff_t left, const REAL *in, REAL *out) {
  memset(out, 0, (size_t)(planes * out_h * out_w) * sizeof(REAL));
  const ptrdiff_t start = lk_larger(left, 0), width = lk_smaller(in_w + left, out_w) - start;
  if (width <= 0) return;
  for (ptrdiff_t plane = 0; plane < planes; plane++, in += in_h * in_w, out += out_h * out_w) {
    for (ptrdiff_t y = lk_larger(top, 0); y < lk_smaller(in_h + top, out_h); y++) {
      memcpy(
        out + y * out_w + start, in + (y - top) * in_w + start - left,
        (size_t)width * sizeof(REAL));
    }
  }
}

#undef NAME
