// The three products as callers see them: each takes the way that fits its sizes. Included once per
// scalar type; TILES is the way of winograd_calls.h, or none.

static void NAME(fill_with_bias)(
  const lk_convolution *c, ptrdiff_t pixels, const REAL *bias, REAL *out) {
  const ptrdiff_t channels = c->groups * c->outputs;
  for (ptrdiff_t i = 0; i < c->images * channels; i++, out += pixels) {
    const REAL value = bias ? bias[i % channels] : 0;
    for (ptrdiff_t p = 0; p < pixels; p++) out[p] = value;
  }
}

static bool NAME(convolve)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *bias,
  const NAME(finish) *finish, REAL *out) {
  const lk_window *w = &c->window;
  const NAME(sizes) size = NAME(sizes_of)(c);
  const ptrdiff_t pixels = w->out_h * w->out_w;
  const bool slides = NAME(is_depthwise)(c), multiplies = NAME(is_pointwise)(w);
  if (!NAME(is_empty)(c) && !slides && !multiplies) {
    return TILES(lk_winograd_convolve(c, in, weight, bias, finish, out)) ||
      NAME(convolve_framed)(c, in, weight, bias, finish, out);
  }
  if (bias || slides || NAME(is_empty)(c)) NAME(fill_with_bias)(c, pixels, bias, out);

  bool done = true;
  for (ptrdiff_t part = 0; done && part < c->images * c->groups; part++) {
    const REAL *from = in + part * size.in, *filters = weight + part % c->groups * size.weights;
    REAL *to = out + part * size.out;
    if (NAME(is_empty)(c)) {
      // There is nothing to add up.
    } else if (slides) {
      NAME(slide)(w, from, filters, to);
    } else {
      done = MATMUL(
        false, false, c->outputs, pixels, c->inputs, filters, c->inputs, from, pixels,
        bias != NULL, to, pixels);
    }
    NAME(finish_planes)(
      finish, part % c->groups * c->outputs, c->outputs, pixels, pixels, to);
  }
  return done;
}

bool NAME(lk_convolve)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *bias, REAL *out) {
  return NAME(convolve)(c, in, weight, bias, NULL, out);
}

bool NAME(lk_convolve_and_normalize)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *bias, const REAL *mean,
  const REAL *scale, const REAL *shift, const REAL *addend, bool rectifies, REAL *out) {
  const NAME(finish) finish = {mean, scale, shift, addend, out, rectifies};
  return NAME(convolve)(c, in, weight, bias, &finish, out);
}

static bool NAME(input_gradient)(
  const lk_convolution *c, const REAL *d_out, const REAL *weight, REAL *d_in) {
  const lk_window *w = &c->window;
  const NAME(sizes) size = NAME(sizes_of)(c);
  const ptrdiff_t pixels = w->out_h * w->out_w;
  const bool slides = NAME(is_depthwise)(c), multiplies = NAME(is_pointwise)(w);
  if (!NAME(is_empty)(c) && !slides && !multiplies) {
    return TILES(lk_winograd_input_gradient(c, d_out, weight, d_in)) ||
      NAME(input_gradient_framed)(c, d_out, weight, d_in);
  }
  if (slides || NAME(is_empty)(c)) {
    memset(d_in, 0, (size_t)(c->images * c->groups * size.in) * sizeof(REAL));
  }
  if (NAME(is_empty)(c)) return true;

  bool done = true;
  for (ptrdiff_t part = 0; done && part < c->images * c->groups; part++) {
    const REAL *from = d_out + part * size.out, *filters = weight + part % c->groups * size.weights;
    REAL *to = d_in + part * size.in;
    if (slides) {
      NAME(slide_input_gradient)(w, from, filters, to);
    } else {
      done = MATMUL(
        true, false, c->inputs, pixels, c->outputs, filters, c->inputs, from, pixels, false, to,
        pixels);
    }
  }
  return done;
}

static bool NAME(weight_gradient)(
  const lk_convolution *c, const REAL *in, const REAL *d_out, REAL *d_weight) {
  const lk_window *w = &c->window;
  const NAME(sizes) size = NAME(sizes_of)(c);
  const ptrdiff_t pixels = w->out_h * w->out_w;
  const bool slides = NAME(is_depthwise)(c), multiplies = NAME(is_pointwise)(w);
  if (!NAME(is_empty)(c) && !slides && !multiplies) {
    return TILES(lk_winograd_filter_gradient(c, in, d_out, d_weight)) ||
      NAME(weight_gradient_framed)(c, in, d_out, d_weight);
  }
  memset(d_weight, 0, (size_t)(c->groups * size.weights) * sizeof(REAL));
  if (NAME(is_empty)(c)) return true;

  bool done = true;
  for (ptrdiff_t part = 0; done && part < c->images * c->groups; part++) {
    const REAL *from = in + part * size.in, *d_from = d_out + part * size.out;
    REAL *to = d_weight + part % c->groups * size.weights;
    if (slides) {
      NAME(slide_weight_gradient)(w, from, d_from, to);
    } else {
      done = MATMUL(
        false, true, c->outputs, c->inputs, pixels, d_from, pixels, from, pixels, true, to,
        c->inputs);
    }
  }
  return done;
}

// The sum over all images and pixels of each channel; false if memory ran out.
static bool NAME(sum_channels)(
  ptrdiff_t images, ptrdiff_t channels, ptrdiff_t pixels, const REAL *in, REAL *out) {
  memset(out, 0, (size_t)channels * sizeof(REAL));
  if (images * pixels == 0) return true;
  REAL *sums = NAME(room)(images * channels);
  if (!sums) return false;
  SUM(images * channels, pixels, 1, in, sums);
  SUM(1, images, channels, sums, out);
  free(sums);
  return true;
}

bool NAME(lk_convolve_gradients)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *d_out, bool of_input,
  bool of_bias, REAL *d_in, REAL *d_weight, REAL *d_bias) {
  const ptrdiff_t pixels = c->window.out_h * c->window.out_w, channels = c->groups * c->outputs;
  return NAME(weight_gradient)(c, in, d_out, d_weight) &&
    (!of_bias || NAME(sum_channels)(c->images, channels, pixels, d_out, d_bias)) &&
    (!of_input || NAME(input_gradient)(c, d_out, weight, d_in));
}

LK_CLONES static void NAME(add_to_channels)(
  ptrdiff_t images, ptrdiff_t channels, ptrdiff_t pixels, const REAL *bias, REAL *out) {
  for (ptrdiff_t i = 0; i < images * channels; i++, out += pixels) {
    const REAL value = bias[i % channels];
    for (ptrdiff_t p = 0; p < pixels; p++) out[p] += value;
  }
}

bool NAME(lk_convolve_transposed)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *bias, REAL *out) {
  if (!NAME(input_gradient)(c, in, weight, out)) return false;
  const ptrdiff_t pixels = c->window.in_h * c->window.in_w, channels = c->groups * c->inputs;
  if (bias) NAME(add_to_channels)(c->images, channels, pixels, bias, out);
  return true;
}

bool NAME(lk_convolve_transposed_gradients)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *d_out, bool of_bias,
  REAL *d_in, REAL *d_weight, REAL *d_bias) {
  const ptrdiff_t pixels = c->window.in_h * c->window.in_w, channels = c->groups * c->inputs;
  return NAME(weight_gradient)(c, d_out, in, d_weight) &&
    (!of_bias || NAME(sum_channels)(c->images, channels, pixels, d_out, d_bias)) &&
    NAME(convolve)(c, d_out, weight, NULL, NULL, d_in);
}

#undef NAME
#undef MATMUL
#undef SUM
