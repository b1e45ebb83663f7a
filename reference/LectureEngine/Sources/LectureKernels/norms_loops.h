// Batch norm and layer norm. Included once per scalar type.
//
// Sums of many values are taken in runs, and the runs added up in double precision.
#define NAME(base) LK_PASTE(base, SUFFIX)

enum { NAME(columns) = 64, NAME(run) = 128 };

// For each of up to `columns` channels side by side: the sum of `term` over all n rows, where
// i is the row and j the channel. Channels without positions lie beside each other.
#define SUM_COLUMNS(totals, width, term)                                                         \
  for (ptrdiff_t first = 0; first < n; first += NAME(run)) {                                     \
    const ptrdiff_t last = first + NAME(run) < n ? first + NAME(run) : n;                        \
    REAL part[NAME(columns)] = {0};                                                              \
    for (ptrdiff_t i = first; i < last; i++) {                                                   \
      for (ptrdiff_t j = 0; j < (width); j++) part[j] += (term);                                 \
    }                                                                                            \
    for (ptrdiff_t j = 0; j < (width); j++) (totals)[j] += part[j];                              \
  }

// The sum of `term` over all positions of all images in channel `channel`; `at` is the index.
#define SUM_CHANNEL(total, term)                                                                 \
  for (ptrdiff_t i = 0; i < n; i++) {                                                            \
    const ptrdiff_t base = (i * c + channel) * s;                                                \
    for (ptrdiff_t first = 0; first < s; first += 4096) {                                        \
      const ptrdiff_t length = s - first < 4096 ? s - first : 4096;                              \
      REAL part;                                                                                 \
      LK_SUM(part, length, position, term);                                         \
      (total) += part;                                                                           \
    }                                                                                            \
  }
#define AT (base + first + position)

// What the functions of batch norm are called with; each does some channels.
typedef struct {
  ptrdiff_t n, c, s;
  const REAL *x, *mean, *scale, *weight, *bias, *d_y, *d_weight, *d_bias;
  REAL *out, *other;
  bool of_the_batch;
} NAME(batch_job);

LK_INLINE void NAME(share_channels)(NAME(batch_job) j, ck_part part) {
  ck_share(j.c, 1 + LK_LEAST_WORK / (j.n * j.s + 1), part, &j);
}

LK_INLINE void NAME(feature_statistics)(const NAME(batch_job) *job, ptrdiff_t from, ptrdiff_t end) {
  const ptrdiff_t n = job->n, c = job->c;
  const REAL *x = job->x;
  for (ptrdiff_t left = from; left < end; left += NAME(columns)) {
    const ptrdiff_t width = end - left < NAME(columns) ? end - left : NAME(columns);
    double sums[NAME(columns)] = {0}, squares[NAME(columns)] = {0};
    SUM_COLUMNS(sums, width, x[i * c + left + j]);
    REAL center[NAME(columns)];
    for (ptrdiff_t j = 0; j < width; j++) center[j] = (REAL)(sums[j] / (double)n);
    SUM_COLUMNS(
      squares, width, (x[i * c + left + j] - center[j]) * (x[i * c + left + j] - center[j]));
    for (ptrdiff_t j = 0; j < width; j++) {
      job->out[left + j] = center[j];
      job->other[left + j] = (REAL)(squares[j] / (double)n);
    }
  }
}

LK_CLONES static void NAME(some_statistics)(
  void *context, ptrdiff_t slot, ptrdiff_t from, ptrdiff_t end) {
  (void)slot;
  const NAME(batch_job) *job = context;
  const ptrdiff_t n = job->n, c = job->c, s = job->s;
  const REAL *x = job->x;
  if (s == 1) {
    NAME(feature_statistics)(job, from, end);
    return;
  }
  const double m = (double)n * (double)s;
  for (ptrdiff_t channel = from; channel < end; channel++) {
    double sum = 0, squares = 0;
    SUM_CHANNEL(sum, x[AT]);
    const REAL center = (REAL)(sum / m);
    SUM_CHANNEL(squares, (x[AT] - center) * (x[AT] - center));
    job->out[channel] = center;
    job->other[channel] = (REAL)(squares / m);
  }
}

void NAME(lk_batch_statistics)(lk_batch batch, const REAL *x, REAL *mean, REAL *variance) {
  NAME(share_channels)(
    (NAME(batch_job)){
      .n = batch.n, .c = batch.c, .s = batch.s, .x = x, .out = mean, .other = variance},
    NAME(some_statistics));
}

LK_CLONES static void NAME(normalize_some)(
  void *context, ptrdiff_t slot, ptrdiff_t from, ptrdiff_t end) {
  (void)slot;
  const NAME(batch_job) *job = context;
  const ptrdiff_t c = job->c, s = job->s;
  const REAL *mean = job->mean, *scale = job->scale, *weight = job->weight, *bias = job->bias;
  for (ptrdiff_t i = 0; i < job->n; i++) {
    const REAL *x = job->x + i * c * s;
    REAL *y = job->out + i * c * s;
    if (s == 1) {
      for (ptrdiff_t j = from; j < end; j++) {
        y[j] = (x[j] - mean[j]) * scale[j] * weight[j] + bias[j];
      }
      continue;
    }
    for (ptrdiff_t j = from; j < end; j++) {
      const REAL center = mean[j], factor = scale[j] * weight[j], offset = bias[j];
      for (ptrdiff_t p = j * s; p < (j + 1) * s; p++) y[p] = (x[p] - center) * factor + offset;
    }
  }
}

void NAME(lk_batch_norm)(
  lk_batch batch, const REAL *x, const REAL *mean, const REAL *scale, const REAL *weight,
  const REAL *bias, REAL *y) {
  NAME(share_channels)(
    (NAME(batch_job)){
      .n = batch.n, .c = batch.c, .s = batch.s, .x = x, .mean = mean, .scale = scale,
      .weight = weight, .bias = bias, .out = y},
    NAME(normalize_some));
}

void NAME(lk_batch_norm_in_training)(
  lk_batch batch, REAL epsilon, const REAL *x, const REAL *weight, const REAL *bias, REAL *y,
  REAL *mean, REAL *variance, REAL *scale) {
  NAME(lk_batch_statistics)(batch, x, mean, variance);
  for (ptrdiff_t i = 0; i < batch.c; i++) {
    scale[i] = 1 / __builtin_elementwise_sqrt(variance[i] + epsilon);
  }
  NAME(lk_batch_norm)(batch, x, mean, scale, weight, bias, y);
}

LK_INLINE void NAME(feature_sums)(const NAME(batch_job) *job, ptrdiff_t from, ptrdiff_t end) {
  const ptrdiff_t n = job->n, c = job->c;
  const REAL *x = job->x, *d_y = job->d_y;
  for (ptrdiff_t left = from; left < end; left += NAME(columns)) {
    const ptrdiff_t width = end - left < NAME(columns) ? end - left : NAME(columns);
    double sums[NAME(columns)] = {0}, products[NAME(columns)] = {0};
    const REAL *center = job->mean + left;
    SUM_COLUMNS(sums, width, d_y[i * c + left + j]);
    SUM_COLUMNS(
      products, width, d_y[i * c + left + j] * (x[i * c + left + j] - center[j]));
    for (ptrdiff_t j = 0; j < width; j++) {
      job->other[left + j] = (REAL)sums[j];
      job->out[left + j] = (REAL)(products[j] * job->scale[left + j]);
    }
  }
}

LK_CLONES static void NAME(some_norm_sums)(
  void *context, ptrdiff_t slot, ptrdiff_t from, ptrdiff_t end) {
  (void)slot;
  const NAME(batch_job) *job = context;
  const ptrdiff_t n = job->n, c = job->c, s = job->s;
  const REAL *x = job->x, *d_y = job->d_y;
  if (s == 1) {
    NAME(feature_sums)(job, from, end);
    return;
  }
  for (ptrdiff_t channel = from; channel < end; channel++) {
    const REAL center = job->mean[channel];
    double sum = 0, products = 0;
    SUM_CHANNEL(sum, d_y[AT]);
    SUM_CHANNEL(products, d_y[AT] * (x[AT] - center));
    job->other[channel] = (REAL)sum;
    job->out[channel] = (REAL)(products * job->scale[channel]);
  }
}

LK_CLONES static void NAME(some_norm_gradients)(
  void *context, ptrdiff_t slot, ptrdiff_t from, ptrdiff_t end) {
  (void)slot;
  const NAME(batch_job) *job = context;
  const ptrdiff_t n = job->n, c = job->c, s = job->s;
  const REAL *mean = job->mean, *scale = job->scale, *weight = job->weight;
  const REAL *d_weight = job->d_weight, *d_bias = job->d_bias;
  const REAL share = job->of_the_batch ? (REAL)(1 / ((double)n * (double)s)) : 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    const REAL *x = job->x + i * c * s, *d_y = job->d_y + i * c * s;
    REAL *d_x = job->out + i * c * s;
    if (s == 1) {
      for (ptrdiff_t j = from; j < end; j++) {
        const REAL rest =
          d_bias[j] * share + (x[j] - mean[j]) * (scale[j] * d_weight[j] * share);
        d_x[j] = weight[j] * scale[j] * (d_y[j] - rest);
      }
      continue;
    }
    for (ptrdiff_t j = from; j < end; j++) {
      const REAL factor = weight[j] * scale[j], center = mean[j];
      const REAL level = d_bias[j] * share, slope = scale[j] * d_weight[j] * share;
      for (ptrdiff_t p = j * s; p < (j + 1) * s; p++) {
        d_x[p] = factor * (d_y[p] - level - (x[p] - center) * slope);
      }
    }
  }
}

void NAME(lk_batch_norm_backward)(
  lk_batch batch, const REAL *x, const REAL *mean, const REAL *scale, const REAL *weight,
  const REAL *d_y, bool of_the_batch, REAL *d_x, REAL *d_weight, REAL *d_bias) {
  NAME(batch_job) job = {
    .n = batch.n, .c = batch.c, .s = batch.s, .x = x, .mean = mean, .scale = scale,
    .weight = weight, .d_y = d_y, .d_weight = d_weight, .d_bias = d_bias,
    .of_the_batch = of_the_batch};
  job.out = d_weight;
  job.other = d_bias;
  NAME(share_channels)(job, NAME(some_norm_sums));
  job.out = d_x;
  NAME(share_channels)(job, NAME(some_norm_gradients));
}

// What the functions of layer norm are called with; each does some rows, or some columns.
typedef struct {
  ptrdiff_t n, d;
  REAL epsilon;
  const REAL *x, *weight, *bias, *d_y;
  REAL *out, *mean, *scale, *d_weight, *d_bias;
} NAME(layer_job);

LK_CLONES static void NAME(normalize_rows)(
  void *context, ptrdiff_t slot, ptrdiff_t from, ptrdiff_t end) {
  (void)slot;
  const NAME(layer_job) *job = context;
  const ptrdiff_t d = job->d;
  const REAL *weight = job->weight, *bias = job->bias;
  for (ptrdiff_t i = from; i < end; i++) {
    const REAL *x = job->x + i * d;
    REAL *y = job->out + i * d;
    REAL sum, squares;
    LK_SUM(sum, d, j, x[j]);
    const REAL center = sum / (REAL)d;
    LK_SUM(squares, d, j, (x[j] - center) * (x[j] - center));
    const REAL factor = 1 / __builtin_elementwise_sqrt(squares / (REAL)d + job->epsilon);
    for (ptrdiff_t j = 0; j < d; j++) y[j] = (x[j] - center) * factor * weight[j] + bias[j];
    job->mean[i] = center;
    job->scale[i] = factor;
  }
}

void NAME(lk_layer_norm)(
  ptrdiff_t n, ptrdiff_t d, REAL epsilon, const REAL *x, const REAL *weight, const REAL *bias,
  REAL *y, REAL *mean, REAL *scale) {
  NAME(layer_job) job = {
    .n = n, .d = d, .epsilon = epsilon, .x = x, .weight = weight, .bias = bias, .out = y,
    .mean = mean, .scale = scale};
  ck_share(n, 1 + LK_LEAST_WORK / (d + 1), NAME(normalize_rows), &job);
}

// The sums over all rows of some columns.
LK_CLONES static void NAME(sum_rows)(
  void *context, ptrdiff_t slot, ptrdiff_t from, ptrdiff_t end) {
  (void)slot;
  const NAME(layer_job) *job = context;
  REAL *d_weight = job->d_weight, *d_bias = job->d_bias;
  for (ptrdiff_t j = from; j < end; j++) d_weight[j] = d_bias[j] = 0;
  for (ptrdiff_t i = 0; i < job->n; i++) {
    const REAL *x = job->x + i * job->d, *d_y = job->d_y + i * job->d;
    const REAL center = job->mean[i], factor = job->scale[i];
    for (ptrdiff_t j = from; j < end; j++) {
      d_bias[j] += d_y[j];
      d_weight[j] += d_y[j] * (x[j] - center) * factor;
    }
  }
}

LK_CLONES static void NAME(row_gradients)(
  void *context, ptrdiff_t slot, ptrdiff_t from, ptrdiff_t end) {
  (void)slot;
  const NAME(layer_job) *job = context;
  const ptrdiff_t d = job->d;
  const REAL *weight = job->weight;
  for (ptrdiff_t i = from; i < end; i++) {
    const REAL *x = job->x + i * d, *d_y = job->d_y + i * d;
    REAL *d_x = job->out + i * d;
    const REAL center = job->mean[i], factor = job->scale[i];
    REAL sum, products;
    LK_SUM(sum, d, j, d_y[j] * weight[j]);
    LK_SUM(products, d, j, d_y[j] * weight[j] * (x[j] - center));
    const REAL level = sum / (REAL)d, slope = products * factor * factor / (REAL)d;
    for (ptrdiff_t j = 0; j < d; j++) {
      d_x[j] = factor * (d_y[j] * weight[j] - level - (x[j] - center) * slope);
    }
  }
}

void NAME(lk_layer_norm_backward)(
  ptrdiff_t n, ptrdiff_t d, const REAL *x, const REAL *mean, const REAL *scale,
  const REAL *weight, const REAL *d_y, REAL *d_x, REAL *d_weight, REAL *d_bias) {
  NAME(layer_job) job = {
    n, d, 0, x, weight, NULL, d_y, d_x, (REAL *)mean, (REAL *)scale, d_weight, d_bias};
  ck_share(d, 16 + LK_LEAST_WORK / (n + 1), NAME(sum_rows), &job);
  ck_share(n, 1 + LK_LEAST_WORK / (d + 1), NAME(row_gradients), &job);
}

#undef NAME
#undef SUM_COLUMNS
#undef SUM_CHANNEL
#undef AT
