// Convolution as products of matrices: weights [outputs, depth] times patches [depth, pixels],
// with depth = inputs * kernel_h * kernel_w. Included once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)
#define MATMUL LK_PASTE(ck_matmul, SUFFIX)

// A filter of one weight that stands on every pixel meets the image as it is.
LK_INLINE bool NAME(is_pointwise)(const lk_window *w) {
  return w->kernel_h == 1 && w->kernel_w == 1 && w->stride_h == 1 && w->stride_w == 1 &&
    w->pad_h == 0 && w->pad_w == 0;
}

// The parts of one group of one image.
typedef struct {
  ptrdiff_t depth, in_size, out_size, pixels, weights;
} NAME(sizes);

static NAME(sizes) NAME(sizes_of)(const lk_convolution *c) {
  const lk_window *w = &c->window;
  const ptrdiff_t depth = c->inputs * w->kernel_h * w->kernel_w, pixels = w->out_h * w->out_w;
  return (NAME(sizes)){
    depth, c->inputs * w->in_h * w->in_w, c->outputs * pixels, pixels, c->outputs * depth};
}

// How many pixels to treat at once: as many as the patches' share of the cache holds, in parts of
// about equal length.
static ptrdiff_t NAME(strip)(NAME(sizes) s) {
  const ptrdiff_t fits = lk_larger(LK_PATCH_BYTES / (ptrdiff_t)sizeof(REAL) / s.depth, 64);
  const ptrdiff_t parts = (s.pixels + fits - 1) / fits;
  const ptrdiff_t even = (s.pixels + parts - 1) / parts;
  return lk_smaller(s.pixels, (even + 15) / 16 * 16);
}

static REAL *NAME(patch_room)(NAME(sizes) s) {
  const size_t bytes = (size_t)(s.depth * NAME(strip)(s)) * sizeof(REAL);
  return aligned_alloc(64, (bytes + 63) / 64 * 64);
}

LK_INLINE bool NAME(is_empty)(const lk_convolution *c, NAME(sizes) s) {
  return c->images * c->groups * s.depth * s.pixels * c->outputs == 0;
}

static void NAME(fill_with_bias)(
  const lk_convolution *c, ptrdiff_t pixels, const REAL *bias, REAL *out) {
  const ptrdiff_t channels = c->groups * c->outputs;
  for (ptrdiff_t i = 0; i < c->images * channels; i++, out += pixels) {
    const REAL value = bias ? bias[i % channels] : 0;
    for (ptrdiff_t p = 0; p < pixels; p++) out[p] = value;
  }
}

static bool NAME(convolve_group)(
  const lk_convolution *c, NAME(sizes) s, const REAL *in, const REAL *weight, bool add, REAL *out,
  REAL *patches) {
  if (!patches) {
    return MATMUL(
      false, false, c->outputs, s.pixels, s.depth, weight, s.depth, in, s.pixels, add, out,
      s.pixels);
  }
  const ptrdiff_t strip = NAME(strip)(s);
  for (ptrdiff_t first = 0; first < s.pixels; first += strip) {
    const ptrdiff_t count = lk_smaller(strip, s.pixels - first);
    NAME(gather_patches)(&c->window, c->inputs, first, count, in, patches);
    if (!MATMUL(
          false, false, c->outputs, count, s.depth, weight, s.depth, patches, count, add,
          out + first, s.pixels)) {
      return false;
    }
  }
  return true;
}

static bool NAME(input_gradient_of_group)(
  const lk_convolution *c, NAME(sizes) s, const REAL *d_out, const REAL *weight, REAL *d_in,
  REAL *patches) {
  if (!patches) {
    return MATMUL(
      true, false, s.depth, s.pixels, c->outputs, weight, s.depth, d_out, s.pixels, false, d_in,
      s.pixels);
  }
  const ptrdiff_t strip = NAME(strip)(s);
  for (ptrdiff_t first = 0; first < s.pixels; first += strip) {
    const ptrdiff_t count = lk_smaller(strip, s.pixels - first);
    if (!MATMUL(
          true, false, s.depth, count, c->outputs, weight, s.depth, d_out + first, s.pixels, false,
          patches, count)) {
      return false;
    }
    NAME(scatter_patches)(&c->window, c->inputs, first, count, patches, d_in);
  }
  return true;
}

static bool NAME(weight_gradient_of_group)(
  const lk_convolution *c, NAME(sizes) s, const REAL *in, const REAL *d_out, REAL *d_weight,
  REAL *patches) {
  if (!patches) {
    return MATMUL(
      false, true, c->outputs, s.depth, s.pixels, d_out, s.pixels, in, s.pixels, true, d_weight,
      s.depth);
  }
  const ptrdiff_t strip = NAME(strip)(s);
  for (ptrdiff_t first = 0; first < s.pixels; first += strip) {
    const ptrdiff_t count = lk_smaller(strip, s.pixels - first);
    NAME(gather_patches)(&c->window, c->inputs, first, count, in, patches);
    if (!MATMUL(
          false, true, c->outputs, s.depth, count, d_out + first, s.pixels, patches, count, true,
          d_weight, s.depth)) {
      return false;
    }
  }
  return true;
}

bool LK_PASTE(lk_convolve, SUFFIX)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *bias, REAL *out) {
  const NAME(sizes) s = NAME(sizes_of)(c);
  const bool slides = c->inputs == 1 && c->outputs == 1, empty = NAME(is_empty)(c, s);
  if (bias || slides || empty) NAME(fill_with_bias)(c, s.pixels, bias, out);
  if (empty) return true;
  REAL *patches = NULL;
  if (!slides && !NAME(is_pointwise)(&c->window) && !(patches = NAME(patch_room)(s))) return false;

  bool done = true;
  for (ptrdiff_t part = 0; done && part < c->images * c->groups; part++) {
    const REAL *group_in = in + part * s.in_size;
    const REAL *group_weight = weight + part % c->groups * s.weights;
    REAL *group_out = out + part * s.out_size;
    if (slides) {
      NAME(slide)(&c->window, group_in, group_weight, group_out);
    } else {
      done = NAME(convolve_group)(c, s, group_in, group_weight, bias != NULL, group_out, patches);
    }
  }
  free(patches);
  return done;
}

bool LK_PASTE(lk_convolve_input_gradient, SUFFIX)(
  const lk_convolution *c, const REAL *d_out, const REAL *weight, REAL *d_in) {
  const NAME(sizes) s = NAME(sizes_of)(c);
  const bool slides = c->inputs == 1 && c->outputs == 1, empty = NAME(is_empty)(c, s);
  const bool overwrites = !slides && NAME(is_pointwise)(&c->window);
  if (!overwrites || empty) {
    memset(d_in, 0, (size_t)(c->images * c->groups * s.in_size) * sizeof(REAL));
  }
  if (empty) return true;
  REAL *patches = NULL;
  if (!slides && !overwrites && !(patches = NAME(patch_room)(s))) return false;

  bool done = true;
  for (ptrdiff_t part = 0; done && part < c->images * c->groups; part++) {
    const REAL *group_out = d_out + part * s.out_size;
    const REAL *group_weight = weight + part % c->groups * s.weights;
    REAL *group_in = d_in + part * s.in_size;
    if (slides) {
      NAME(slide_input_gradient)(&c->window, group_out, group_weight, group_in);
    } else {
      done = NAME(input_gradient_of_group)(c, s, group_out, group_weight, group_in, patches);
    }
  }
  free(patches);
  return done;
}

bool LK_PASTE(lk_convolve_weight_gradient, SUFFIX)(
  const lk_convolution *c, const REAL *in, const REAL *d_out, REAL *d_weight) {
  const NAME(sizes) s = NAME(sizes_of)(c);
  const bool slides = c->inputs == 1 && c->outputs == 1;
  memset(d_weight, 0, (size_t)(c->groups * s.weights) * sizeof(REAL));
  if (NAME(is_empty)(c, s)) return true;
  REAL *patches = NULL;
  if (!slides && !NAME(is_pointwise)(&c->window) && !(patches = NAME(patch_room)(s))) return false;

  bool done = true;
  for (ptrdiff_t part = 0; done && part < c->images * c->groups; part++) {
    const REAL *group_in = in + part * s.in_size, *group_out = d_out + part * s.out_size;
    REAL *group_weight = d_weight + part % c->groups * s.weights;
    if (slides) {
      NAME(slide_weight_gradient)(&c->window, group_in, group_out, group_weight);
    } else {
      done = NAME(weight_gradient_of_group)(c, s, group_in, group_out, group_weight, patches);
    }
  }
  free(patches);
  return done;
}

LK_CLONES void LK_PASTE(lk_add_to_channels, SUFFIX)(
  ptrdiff_t images, ptrdiff_t channels, ptrdiff_t plane, const REAL *bias, REAL *out) {
  for (ptrdiff_t i = 0; i < images * channels; i++, out += plane) {
    const REAL value = bias[i % channels];
    for (ptrdiff_t p = 0; p < plane; p++) out[p] += value;
  }
}

#undef NAME
#undef MATMUL
