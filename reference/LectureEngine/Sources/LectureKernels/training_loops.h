// Softmax, losses, squared distances and gradient descent. Included once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)

LK_INLINE REAL NAME(larger)(REAL a, REAL b) { return b > a || b != b ? b : a; }

// The largest of a row, in lanes as sums are; NaN wins, so that it reaches the whole row.
LK_INLINE REAL NAME(largest)(ptrdiff_t k, const REAL *x) {
  REAL lanes[16];
  for (int lane = 0; lane < 16; lane++) lanes[lane] = x[0];
  ptrdiff_t start = 0;
  for (; start + 16 <= k; start += 16) {
    for (int lane = 0; lane < 16; lane++) {
      lanes[lane] = NAME(larger)(lanes[lane], x[start + lane]);
    }
  }
  for (int lane = 0; start + lane < k; lane++) {
    lanes[lane] = NAME(larger)(lanes[lane], x[start + lane]);
  }
  for (int width = 8; width > 0; width /= 2) {
    for (int lane = 0; lane < width; lane++) {
      lanes[lane] = NAME(larger)(lanes[lane], lanes[lane + width]);
    }
  }
  return lanes[0];
}

// Writes exp(x - top) and returns their sum.
LK_INLINE REAL NAME(exponentials)(ptrdiff_t k, REAL top, const REAL *x, REAL *out) {
  for (ptrdiff_t j = 0; j < k; j++) out[j] = NAME(lk_exp)(x[j] - top);
  REAL sum;
  LK_SUM(sum, k, j, out[j]);
  return sum;
}

LK_CLONES void NAME(lk_softmax)(ptrdiff_t n, ptrdiff_t k, const REAL *x, REAL *p) {
  for (ptrdiff_t i = 0; i < n; i++, x += k, p += k) {
    const REAL sum = NAME(exponentials)(k, NAME(largest)(k, x), x, p);
    for (ptrdiff_t j = 0; j < k; j++) p[j] /= sum;
  }
}

LK_CLONES void NAME(lk_softmax_backward)(
  ptrdiff_t n, ptrdiff_t k, const REAL *p, const REAL *d_p, REAL *d_x) {
  for (ptrdiff_t i = 0; i < n; i++, p += k, d_p += k, d_x += k) {
    REAL sum;
    LK_SUM(sum, k, j, p[j] * d_p[j]);
    for (ptrdiff_t j = 0; j < k; j++) d_x[j] = p[j] * (d_p[j] - sum);
  }
}

LK_CLONES void NAME(lk_softmax_cross_entropy)(
  ptrdiff_t n, ptrdiff_t k, const REAL *logits, const ptrdiff_t *labels, REAL weight,
  REAL *losses, REAL *d_logits) {
  for (ptrdiff_t i = 0; i < n; i++, logits += k, d_logits += k) {
    const REAL top = NAME(largest)(k, logits);
    const REAL sum = NAME(exponentials)(k, top, logits, d_logits);
    losses[i] = (REAL)log((double)sum) - (logits[labels[i]] - top);
    for (ptrdiff_t j = 0; j < k; j++) d_logits[j] = d_logits[j] / sum * weight;
    d_logits[labels[i]] -= weight;
  }
}

LK_CLONES void NAME(lk_squared_distances)(
  ptrdiff_t n, ptrdiff_t d, ptrdiff_t k, const REAL *x, const REAL *centers, REAL *y) {
  for (ptrdiff_t i = 0; i < n; i++, x += d) {
    const REAL *center = centers;
    for (ptrdiff_t c = 0; c < k; c++, center += d) {
      LK_SUM(*y, d, j, (x[j] - center[j]) * (x[j] - center[j]));
      y++;
    }
  }
}

LK_CLONES void NAME(lk_squared_distances_backward)(
  ptrdiff_t n, ptrdiff_t d, ptrdiff_t k, const REAL *x, const REAL *centers, const REAL *d_y,
  REAL *d_x, REAL *d_centers) {
  for (ptrdiff_t j = 0; j < n * d; j++) d_x[j] = 0;
  for (ptrdiff_t j = 0; j < k * d; j++) d_centers[j] = 0;
  for (ptrdiff_t i = 0; i < n; i++, x += d, d_x += d, d_y += k) {
    for (ptrdiff_t c = 0; c < k; c++) {
      const REAL twice = 2 * d_y[c], *center = centers + c * d;
      REAL *d_center = d_centers + c * d;
      for (ptrdiff_t j = 0; j < d; j++) {
        const REAL term = twice * (x[j] - center[j]);
        d_x[j] += term;
        d_center[j] -= term;
      }
    }
  }
}

// A step down for some of the columns, by whole panels.
typedef struct {
  ptrdiff_t rows, columns;
  REAL rate, momentum, decay;
  const REAL *g;
  REAL *v, *w;
} NAME(descent);

// Where columns of two threads meet in a line of memory, it comes from the other one's cache: what
// begins and ends a later row is asked for ahead.
LK_INLINE void NAME(ask_ahead)(
  const NAME(descent) *job, ptrdiff_t start, ptrdiff_t stop, const REAL *g, const REAL *w) {
  const ptrdiff_t later = 4 * job->columns;
  __builtin_prefetch(g + later + start);
  __builtin_prefetch(g + later + stop - 1);
  __builtin_prefetch(w + later + start, 1);
  __builtin_prefetch(w + later + stop - 1, 1);
}

LK_CLONES static void NAME(descend_some)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
#pragma clang fp contract(off)
  (void)slot;
  const NAME(descent) *job = context;
  const ptrdiff_t start = first * CK_PANEL, stop = lk_smaller(end * CK_PANEL, job->columns);
  const REAL rate = job->rate, *g = job->g;
  REAL *w = job->w;
  for (ptrdiff_t row = 0; row < job->rows; row++, g += job->columns, w += job->columns) {
    NAME(ask_ahead)(job, start, stop, g, w);
    for (ptrdiff_t i = start; i < stop; i++) w[i] = w[i] - rate * g[i];
  }
}

LK_CLONES static void NAME(descend_some_with_momentum)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
#pragma clang fp contract(off)
  (void)slot;
  const NAME(descent) *job = context;
  const ptrdiff_t start = first * CK_PANEL, stop = lk_smaller(end * CK_PANEL, job->columns);
  const REAL rate = job->rate, momentum = job->momentum, decay = job->decay, *g = job->g;
  REAL *v = job->v, *w = job->w;
  for (ptrdiff_t row = 0; row < job->rows; row++) {
    NAME(ask_ahead)(job, start, stop, g, w);
    for (ptrdiff_t i = start; i < stop; i++) {
      v[i] = momentum * v[i] + (g[i] + decay * w[i]);
      w[i] = w[i] - rate * v[i];
    }
    g += job->columns;
    v += job->columns;
    w += job->columns;
  }
}

// Weights that one processor's cache holds are changed there, where the next product reads them.
enum { NAME(least_weights) = 512 * 1024 };

// If threads have shared the gradient of a matrix, each changes the columns that it has summed.
static void NAME(share_columns)(NAME(descent) job, ck_part part) {
  const bool are_dealt_out = job.rows > 1 && ck_products_are_shared();
  const ptrdiff_t least = are_dealt_out ? LK_LEAST_WORK : NAME(least_weights);
  const ptrdiff_t units = (job.columns + CK_PANEL - 1) / CK_PANEL;
  ck_share(units, 1 + least / (job.rows * CK_PANEL + 1), part, &job);
}

void NAME(lk_descend)(ptrdiff_t rows, ptrdiff_t columns, REAL rate, const REAL *g, REAL *w) {
  NAME(share_columns)(
    (NAME(descent)){rows, columns, rate, 0, 0, g, NULL, w}, NAME(descend_some));
}

bool NAME(lk_descend_by_product)(
  ptrdiff_t n, ptrdiff_t inputs, ptrdiff_t outputs, REAL rate, const REAL *x, const REAL *d,
  REAL *w) {
  return NAME(ck_descend)(inputs, outputs, n, x, d, rate, w);
}

void NAME(lk_descend_with_momentum)(
  ptrdiff_t rows, ptrdiff_t columns, REAL rate, REAL momentum, REAL decay, const REAL *g, REAL *v,
  REAL *w) {
  NAME(share_columns)(
    (NAME(descent)){rows, columns, rate, momentum, decay, g, v, w},
    NAME(descend_some_with_momentum));
}

// What comes from far off in memory takes long, and is worth a thread sooner.
LK_INLINE ptrdiff_t NAME(images_at_least)(ptrdiff_t size) {
  return 1 + LK_LEAST_WORK / 4 / (size + 1);
}

typedef struct {
  const ptrdiff_t *indices;
  ptrdiff_t channels, plane;
  const uint8_t *bytes;
  const REAL *table;
  REAL *out;
} NAME(look_up_job);

static void NAME(look_up_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(look_up_job) *job = context;
  const ptrdiff_t plane = job->plane, size = job->channels * plane;
  for (ptrdiff_t i = first; i < end; i++) {
    // Images in a drawn order are far from each other: the next one is asked for ahead.
    const uint8_t *image = job->bytes + job->indices[i] * size;
    const uint8_t *next = i + 1 < end ? job->bytes + job->indices[i + 1] * size : image;
    for (ptrdiff_t byte = 0; byte < size; byte += 64) __builtin_prefetch(next + byte);
    REAL *out = job->out + i * size;
    const REAL *table = job->table;
    for (ptrdiff_t c = 0; c < job->channels; c++, image += plane, out += plane, table += 256) {
      for (ptrdiff_t j = 0; j < plane; j++) out[j] = table[image[j]];
    }
  }
}

void NAME(lk_look_up)(
  ptrdiff_t images, const ptrdiff_t *indices, ptrdiff_t channels, ptrdiff_t plane,
  const uint8_t *bytes, const REAL *table, REAL *out) {
  NAME(look_up_job) job = {indices, channels, plane, bytes, table, out};
  ck_share(images, NAME(images_at_least)(channels * plane), NAME(look_up_some), &job);
}

typedef struct {
  const ptrdiff_t *indices;
  ptrdiff_t size;
  const REAL *in;
  REAL *out;
} NAME(gathering);

static void NAME(gather_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(gathering) *job = context;
  const ptrdiff_t size = job->size, line = 64 / sizeof(REAL);
  for (ptrdiff_t i = first; i < end; i++) {
    const REAL *row = job->in + job->indices[i] * size;
    const REAL *next = i + 1 < end ? job->in + job->indices[i + 1] * size : row;
    for (ptrdiff_t j = 0; j < size; j += line) __builtin_prefetch(next + j);
    memcpy(job->out + i * size, row, (size_t)size * sizeof(REAL));
  }
}

void NAME(lk_gather)(
  ptrdiff_t rows, const ptrdiff_t *indices, ptrdiff_t size, const REAL *in, REAL *out) {
  NAME(gathering) job = {indices, size, in, out};
  ck_share(rows, NAME(images_at_least)(size), NAME(gather_some), &job);
}

#undef NAME
