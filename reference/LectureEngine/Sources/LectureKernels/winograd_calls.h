// A batch through the tiles of winograd_loops.h, some images and then some tiles at a time.

// Where it pays: sums long enough, lines full, and tiles enough for the filters' own way to points.
// Those of one image count, so that its output does not depend on how many others there are.
static bool lk_winograd_pays(const lk_convolution *c) {
  const lk_window *w = &c->window;
  const ptrdiff_t tiles = ((w->out_h + 3) / 4) * ((w->out_w + 3) / 4);
  return w->kernel_h == 3 && w->kernel_w == 3 && w->stride_h == 1 && w->stride_w == 1 &&
    w->pad_h <= 2 && w->pad_w <= 2 && c->inputs % lk_lanes == 0 && c->outputs % lk_lanes == 0 &&
    c->inputs >= 32 && c->outputs >= 32 && tiles >= LK_WINOGRAD_TILES;
}

// Tiles at once: as many as leave their points in a cache.
static ptrdiff_t lk_tiles_at_once(ptrdiff_t tiles, ptrdiff_t numbers_per_tile) {
  const ptrdiff_t fits =
    LK_POINT_BYTES / (ptrdiff_t)sizeof(float) / (lk_points * numbers_per_tile) / 14 * 14;
  return lk_smaller(tiles, lk_larger(fits, 56));
}

// Lines that are 4 KiB apart would compete for the same places of the cache.
LK_INLINE ptrdiff_t lk_apart(ptrdiff_t numbers) { return numbers + lk_lanes; }

typedef struct {
  ptrdiff_t inputs, outputs, in_h, in_w, out_h, out_w, pad_h, pad_w;
  ptrdiff_t images, in_distance, out_distance;
} lk_winograd;

LK_INLINE lk_tiling lk_tiling_of(const lk_winograd *p, ptrdiff_t across, ptrdiff_t edge) {
  const ptrdiff_t high = (p->out_h + 3) / 4, wide = (p->out_w + 3) / 4;
  const ptrdiff_t line = (4 * wide + edge) * across;
  return (lk_tiling){high, wide, across, line, (4 * high + edge) * line};
}

// [h, w, channels] of outputs, with what the last tiles have too much, to channels first.
static void lk_put_tiles(const lk_winograd *p, const float *in, const float *bias, float *out) {
  const lk_tiling t = lk_tiling_of(p, p->outputs, 0);
  const ptrdiff_t plane = p->out_h * p->out_w;
  if (4 * t.wide == p->out_w) {
    put_channels_first_f32(plane, p->outputs, in, p->outputs, bias, out, plane, 1);
    return;
  }
  for (ptrdiff_t y = 0; y < p->out_h; y++) {
    put_channels_first_f32(
      p->out_w, p->outputs, in + y * t.line, p->outputs, bias, out + y * p->out_w, plane, 1);
  }
}

// Outputs from inputs and packed filters; false if memory ran out or the numbers are not tame.
static bool lk_winograd_sweep(
  const lk_winograd *p, const float *in, const float *packed, const float *bias, float *out) {
  const lk_tiling from = lk_tiling_of(p, p->inputs, 2), to = lk_tiling_of(p, p->outputs, 0);
  const ptrdiff_t panels = panels_f32(p->outputs), filters = panels * p->inputs * CK_PANEL;
  if (!lk_are_tame(9 * filters, packed)) return false;
  const ptrdiff_t group = lk_clamp(
    2 * LK_FRAME_BYTES / (ptrdiff_t)sizeof(float) / (from.image + to.image), 1, p->images);
  const ptrdiff_t per_image = from.high * from.wide;
  const ptrdiff_t at_once = lk_tiles_at_once(group * per_image, p->inputs + p->outputs);
  const ptrdiff_t v_apart = lk_apart(at_once * p->inputs), m_apart = lk_apart(at_once * p->outputs);
  float *u = room_f32(
    lk_points * (filters + v_apart + m_apart) + group * (from.image + to.image));
  if (!u) return false;
  float *v = u + lk_points * filters, *m = v + lk_points * v_apart;
  float *framed = m + lk_points * m_apart, *tiles = framed + group * from.image;
  const frame_f32 frame = {p->pad_h, p->pad_w, 4 * from.high + 2, 4 * from.wide + 2};

  lk_filters_to_points(panels, p->inputs, packed, u);
  bool tame = true;
  for (ptrdiff_t first = 0; tame && first < p->images; first += group) {
    const ptrdiff_t images = lk_smaller(group, p->images - first);
    for (ptrdiff_t i = 0; tame && i < images; i++) {
      float *image = framed + i * from.image;
      to_channels_last_f32(
        p->inputs, p->in_h, p->in_w, frame, in + (first + i) * p->in_distance, image);
      tame = lk_are_tame(from.image, image);
    }
    for (ptrdiff_t tile = 0; tame && tile < images * per_image; tile += at_once) {
      const ptrdiff_t count = lk_smaller(at_once, images * per_image - tile);
      lk_tiles_to_points(&from, tile, count, framed, v, v_apart);
      const ck_walk walk = {
        count, p->outputs, 1, p->inputs, p->inputs, 0, 1, 0, CK_PANEL, p->inputs * CK_PANEL,
        p->outputs, false};
      for (int point = 0; point < lk_points; point++) {
        ck_product_f32(&walk, v + point * v_apart, u + point * filters, m + point * m_apart);
      }
      lk_points_to_tiles(&to, tile, count, m, m_apart, tiles);
    }
    for (ptrdiff_t i = 0; tame && i < images; i++) {
      lk_put_tiles(p, tiles + i * to.image, bias, out + (first + i) * p->out_distance);
    }
  }
  free(u);
  return tame;
}

static bool lk_winograd_weight_gradient(
  const lk_winograd *p, const float *in, const float *d_out, float *d_weight) {
  const lk_tiling from = lk_tiling_of(p, p->inputs, 2), to = lk_tiling_of(p, p->outputs, 0);
  const ptrdiff_t filters = p->inputs * p->outputs, per_image = from.high * from.wide;
  const ptrdiff_t group = lk_clamp(
    2 * LK_FRAME_BYTES / (ptrdiff_t)sizeof(float) / (from.image + to.image), 1, p->images);
  const ptrdiff_t at_once = lk_tiles_at_once(group * per_image, p->inputs + p->outputs);
  const ptrdiff_t v_apart = lk_apart(at_once * p->inputs), m_apart = lk_apart(at_once * p->outputs);
  float *u = room_f32(
    lk_points * (filters + v_apart + m_apart) + group * (from.image + to.image) + 9 * filters);
  if (!u) return false;
  float *v = u + lk_points * filters, *m = v + lk_points * v_apart;
  float *framed = m + lk_points * m_apart, *tiles = framed + group * from.image;
  float *sums = tiles + group * to.image;
  const frame_f32 frame = {p->pad_h, p->pad_w, 4 * from.high + 2, 4 * from.wide + 2};
  const frame_f32 whole = {0, 0, 4 * to.high, 4 * to.wide};

  bool tame = true;
  for (ptrdiff_t first = 0; tame && first < p->images; first += group) {
    const ptrdiff_t images = lk_smaller(group, p->images - first);
    for (ptrdiff_t i = 0; tame && i < images; i++) {
      float *image = framed + i * from.image, *d_image = tiles + i * to.image;
      to_channels_last_f32(
        p->inputs, p->in_h, p->in_w, frame, in + (first + i) * p->in_distance, image);
      to_channels_last_f32(
        p->outputs, p->out_h, p->out_w, whole, d_out + (first + i) * p->out_distance, d_image);
      tame = lk_are_tame(from.image, image) && lk_are_tame(to.image, d_image);
    }
    for (ptrdiff_t tile = 0; tame && tile < images * per_image; tile += at_once) {
      const ptrdiff_t count = lk_smaller(at_once, images * per_image - tile);
      lk_tiles_to_points(&from, tile, count, framed, v, v_apart);
      lk_gradients_to_points(&to, tile, count, tiles, m, m_apart);
      const ck_walk walk = {
        p->inputs, p->outputs, 1, count, 1, 0, p->inputs, 0, p->outputs, CK_PANEL, p->outputs,
        first + tile > 0};
      for (int point = 0; point < lk_points; point++) {
        ck_product_f32(&walk, v + point * v_apart, m + point * m_apart, u + point * filters);
      }
    }
  }
  if (tame) {
    lk_points_to_filters(p->inputs, p->outputs, u, sums);
    transpose_f32(9 * p->inputs, p->outputs, sums, p->outputs, d_weight, 9 * p->inputs);
  }
  free(u);
  return tame;
}

static lk_winograd lk_winograd_of(const lk_convolution *c) {
  const lk_window *w = &c->window;
  const sizes_f32 size = sizes_of_f32(c);
  return (lk_winograd){
    c->inputs, c->outputs, w->in_h, w->in_w, w->out_h, w->out_w, w->pad_h, w->pad_w, c->images,
    c->groups * size.in, c->groups * size.out};
}

// The three products; false where the plain way must do it.
static bool lk_winograd_convolve(
  const lk_convolution *c, const float *in, const float *weight, const float *bias, float *out) {
  if (!lk_winograd_pays(c)) return false;
  const lk_winograd p = lk_winograd_of(c);
  const sizes_f32 size = sizes_of_f32(c);
  const ptrdiff_t panel = 9 * c->inputs * CK_PANEL, packed_size = panels_f32(c->outputs) * panel;
  float *packed = room_f32(packed_size + panel);
  bool done = packed != NULL;
  for (ptrdiff_t group = 0; done && group < c->groups; group++) {
    pack_filters_f32(c, weight + group * size.weights, packed, packed + packed_size);
    done = lk_winograd_sweep(
      &p, in + group * size.in, packed, bias ? bias + group * c->outputs : NULL,
      out + group * size.out);
  }
  free(packed);
  return done;
}

static bool lk_winograd_input_gradient(
  const lk_convolution *c, const float *d_out, const float *weight, float *d_in) {
  const lk_window *w = &c->window;
  const sizes_f32 size = sizes_of_f32(c);
  // The same the other way: from the output's gradient, with as much padding as the filter leaves.
  const lk_winograd forward = lk_winograd_of(c);
  const lk_winograd p = {
    c->outputs, c->inputs, w->out_h, w->out_w, w->in_h, w->in_w, 2 - w->pad_h, 2 - w->pad_w,
    c->images, forward.out_distance, forward.in_distance};
  if (!lk_winograd_pays(c)) return false;
  const share_f32 rows = share_of_f32(0, 3, 1, w->pad_h, w->in_h);
  const share_f32 columns = share_of_f32(0, 3, 1, w->pad_w, w->in_w);
  float *packed = room_f32(panels_f32(c->inputs) * 9 * c->outputs * CK_PANEL);
  bool done = packed != NULL;
  for (ptrdiff_t group = 0; done && group < c->groups; group++) {
    pack_turned_f32(c, rows, columns, weight + group * size.weights, packed);
    done = lk_winograd_sweep(
      &p, d_out + group * size.out, packed, NULL, d_in + group * size.in);
  }
  free(packed);
  return done;
}

static bool lk_winograd_filter_gradient(
  const lk_convolution *c, const float *in, const float *d_out, float *d_weight) {
  if (!lk_winograd_pays(c)) return false;
  const lk_winograd p = lk_winograd_of(c);
  const sizes_f32 size = sizes_of_f32(c);
  bool done = true;
  for (ptrdiff_t group = 0; done && group < c->groups; group++) {
    done = lk_winograd_weight_gradient(
      &p, in + group * size.in, d_out + group * size.out, d_weight + group * size.weights);
  }
  return done;
}
