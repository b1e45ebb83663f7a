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

LK_INLINE void NAME(feature_statistics)(
  ptrdiff_t n, ptrdiff_t c, const REAL *x, REAL *mean, REAL *variance) {
  for (ptrdiff_t left = 0; left < c; left += NAME(columns)) {
    const ptrdiff_t width = c - left < NAME(columns) ? c - left : NAME(columns);
    double sums[NAME(columns)] = {0}, squares[NAME(columns)] = {0};
    SUM_COLUMNS(sums, width, x[i * c + left + j]);
    for (ptrdiff_t j = 0; j < width; j++) mean[left + j] = (REAL)(sums[j] / (double)n);
    const REAL *center = mean + left;
    SUM_COLUMNS(
      squares, width, (x[i * c + left + j] - center[j]) * (x[i * c + left + j] - center[j]));
    for (ptrdiff_t j = 0; j < width; j++) variance[left + j] = (REAL)(squares[j] / (double)n);
  }
}

LK_CLONES void NAME(lk_batch_statistics)(
  ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, REAL *mean, REAL *variance) {
  if (s == 1) {
    NAME(feature_statistics)(n, c, x, mean, variance);
    return;
  }
  const double m = (double)n * (double)s;
  for (ptrdiff_t channel = 0; channel < c; channel++) {
    double sum = 0, squares = 0;
    SUM_CHANNEL(sum, x[AT]);
    const REAL center = (REAL)(sum / m);
    SUM_CHANNEL(squares, (x[AT] - center) * (x[AT] - center));
    mean[channel] = center;
    variance[channel] = (REAL)(squares / m);
  }
}

LK_CLONES void NAME(lk_batch_norm)(
  ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, const REAL *mean, const REAL *scale,
  const REAL *weight, const REAL *bias, REAL *y) {
  if (s == 1) {
    for (ptrdiff_t i = 0; i < n; i++, x += c, y += c) {
      for (ptrdiff_t j = 0; j < c; j++) y[j] = (x[j] - mean[j]) * scale[j] * weight[j] + bias[j];
    }
    return;
  }
  for (ptrdiff_t i = 0; i < n; i++) {
    for (ptrdiff_t j = 0; j < c; j++, x += s, y += s) {
      const REAL center = mean[j], factor = scale[j] * weight[j], offset = bias[j];
      for (ptrdiff_t p = 0; p < s; p++) y[p] = (x[p] - center) * factor + offset;
    }
  }
}

LK_INLINE void NAME(feature_sums)(
  ptrdiff_t n, ptrdiff_t c, const REAL *x, const REAL *mean, const REAL *scale, const REAL *d_y,
  REAL *d_weight, REAL *d_bias) {
  for (ptrdiff_t left = 0; left < c; left += NAME(columns)) {
    const ptrdiff_t width = c - left < NAME(columns) ? c - left : NAME(columns);
    double sums[NAME(columns)] = {0}, products[NAME(columns)] = {0};
    const REAL *center = mean + left;
    SUM_COLUMNS(sums, width, d_y[i * c + left + j]);
    SUM_COLUMNS(
      products, width, d_y[i * c + left + j] * (x[i * c + left + j] - center[j]));
    for (ptrdiff_t j = 0; j < width; j++) {
      d_bias[left + j] = (REAL)sums[j];
      d_weight[left + j] = (REAL)(products[j] * scale[left + j]);
    }
  }
}

LK_CLONES void NAME(lk_batch_norm_sums)(
  ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, const REAL *mean, const REAL *scale,
  const REAL *d_y, REAL *d_weight, REAL *d_bias) {
  if (s == 1) {
    NAME(feature_sums)(n, c, x, mean, scale, d_y, d_weight, d_bias);
    return;
  }
  for (ptrdiff_t channel = 0; channel < c; channel++) {
    const REAL center = mean[channel];
    double sum = 0, products = 0;
    SUM_CHANNEL(sum, d_y[AT]);
    SUM_CHANNEL(products, d_y[AT] * (x[AT] - center));
    d_bias[channel] = (REAL)sum;
    d_weight[channel] = (REAL)(products * scale[channel]);
  }
}

LK_CLONES void NAME(lk_batch_norm_backward)(
  ptrdiff_t n, ptrdiff_t c, ptrdiff_t s, const REAL *x, const REAL *mean, const REAL *scale,
  const REAL *weight, const REAL *d_y, const REAL *d_weight, const REAL *d_bias,
  bool of_the_batch, REAL *d_x) {
  const REAL share = of_the_batch ? (REAL)(1 / ((double)n * (double)s)) : 0;
  if (s == 1) {
    for (ptrdiff_t i = 0; i < n; i++, x += c, d_y += c, d_x += c) {
      for (ptrdiff_t j = 0; j < c; j++) {
        const REAL rest =
          d_bias[j] * share + (x[j] - mean[j]) * (scale[j] * d_weight[j] * share);
        d_x[j] = weight[j] * scale[j] * (d_y[j] - rest);
      }
    }
    return;
  }
  for (ptrdiff_t i = 0; i < n; i++) {
    for (ptrdiff_t j = 0; j < c; j++, x += s, d_y += s, d_x += s) {
      const REAL factor = weight[j] * scale[j], center = mean[j];
      const REAL level = d_bias[j] * share, slope = scale[j] * d_weight[j] * share;
      for (ptrdiff_t p = 0; p < s; p++) {
        d_x[p] = factor * (d_y[p] - level - (x[p] - center) * slope);
      }
    }
  }
}

LK_CLONES void NAME(lk_layer_norm)(
  ptrdiff_t n, ptrdiff_t d, REAL epsilon, const REAL *x, const REAL *weight, const REAL *bias,
  REAL *y, REAL *mean, REAL *scale) {
  for (ptrdiff_t i = 0; i < n; i++, x += d, y += d) {
    REAL sum, squares;
    LK_SUM(sum, d, j, x[j]);
    const REAL center = sum / (REAL)d;
    LK_SUM(squares, d, j, (x[j] - center) * (x[j] - center));
    const REAL factor = 1 / __builtin_elementwise_sqrt(squares / (REAL)d + epsilon);
    for (ptrdiff_t j = 0; j < d; j++) y[j] = (x[j] - center) * factor * weight[j] + bias[j];
    mean[i] = center;
    scale[i] = factor;
  }
}

LK_CLONES void NAME(lk_layer_norm_backward)(
  ptrdiff_t n, ptrdiff_t d, const REAL *x, const REAL *mean, const REAL *scale,
  const REAL *weight, const REAL *d_y, REAL *d_x, REAL *d_weight, REAL *d_bias) {
  for (ptrdiff_t j = 0; j < d; j++) d_weight[j] = d_bias[j] = 0;
  for (ptrdiff_t i = 0; i < n; i++, x += d, d_y += d, d_x += d) {
    const REAL center = mean[i], factor = scale[i];
    for (ptrdiff_t j = 0; j < d; j++) {
      d_bias[j] += d_y[j];
      d_weight[j] += d_y[j] * (x[j] - center) * factor;
    }
    REAL sum, products;
    LK_SUM(sum, d, j, d_y[j] * weight[j]);
    LK_SUM(products, d, j, d_y[j] * weight[j] * (x[j] - center));
    const REAL level = sum / (REAL)d, slope = products * factor * factor / (REAL)d;
    for (ptrdiff_t j = 0; j < d; j++) {
      d_x[j] = factor * (d_y[j] * weight[j] - level - (x[j] - center) * slope);
    }
  }
}

#undef NAME
#undef SUM_COLUMNS
#undef SUM_CHANNEL
#undef AT
