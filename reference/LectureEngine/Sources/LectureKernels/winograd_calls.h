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
  const float *x;
  _Atomic bool is_wild;
} lk_taming;

static void lk_look_at_some(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  lk_taming *t = context;
  if (!lk_are_tame(end - first, t->x + first)) t->is_wild = true;
}

static bool lk_all_are_tame(ptrdiff_t count, const float *x) {
  lk_taming taming = {x, false};
  ck_share(count, 4 * LK_LEAST_WORK, lk_look_at_some, &taming);
  return !taming.is_wild;
}

typedef struct {
  ptrdiff_t inputs, outputs, in_h, in_w, out_h, out_w, pad_h, pad_w;
  ptrdiff_t images, in_distance, out_distance;
} lk_winograd;

LK_INLINE lk_tiling lk_tiling_of(const lk_winograd *p, ptrdiff_t across, ptrdiff_t edge) {
  const ptrdiff_t high = (p->out_h + 3) / 4, wide = (p->out_w + 3) / 4;
  const ptrdiff_t line = (4 * wide + edge) * across;
  return (lk_tiling){high, wide, across, line, (4 * high + edge) * line};
}

// [h, w, channels] of outputs, with what the last tiles have too much, to channels first; some
// channels at a time, which are finished before they leave the cache.
typedef struct {
  const lk_winograd *sizes;
  const float *tiles, *bias;
  float *out;
  const finish_f32 *finish;
  ptrdiff_t channel;
} lk_putting;

static void lk_put_tiles(const lk_putting *p, ptrdiff_t image) {
  const lk_winograd *s = p->sizes;
  const lk_tiling t = lk_tiling_of(s, s->outputs, 0);
  const ptrdiff_t plane = s->out_h * s->out_w, across = s->outputs;
  const bool is_whole = 4 * t.wide == s->out_w;
  const ptrdiff_t rows = is_whole ? 1 : s->out_h, columns = is_whole ? plane : s->out_w;
  for (ptrdiff_t c = 0; c < across; c += lk_lanes) {
    const float *tiles = p->tiles + image * t.image + c;
    float *out = p->out + image * s->out_distance + c * plane;
    for (ptrdiff_t y = 0; y < rows; y++) {
      put_channels_first_f32(
        columns, lk_lanes, tiles + y * t.line, across, p->bias ? p->bias + c : NULL,
        out + y * columns, plane, 1);
    }
    finish_planes_f32(p->finish, p->channel + c, lk_lanes, plane, plane, out);
  }
}

static void lk_put_some(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  for (ptrdiff_t i = first; i < end; i++) lk_put_tiles(context, i);
}

// Some tiles, to points or from them.
typedef void (*lk_tile_step)(
  const lk_tiling *, ptrdiff_t, ptrdiff_t, ptrdiff_t, const float *, float *, ptrdiff_t);

typedef struct {
  lk_tile_step step;
  const lk_tiling *tiling;
  ptrdiff_t first, apart;
  const float *in;
  float *out;
} lk_tile_job;

static void lk_do_some_tiles(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const lk_tile_job *j = context;
  j->step(j->tiling, j->first, first, end, j->in, j->out, j->apart);
}

static void lk_share_tiles(
  lk_tile_step step, const lk_tiling *tiling, ptrdiff_t first, ptrdiff_t count, const float *in,
  float *out, ptrdiff_t apart) {
  lk_tile_job job = {step, tiling, first, apart, in, out};
  ck_share(count, 1 + LK_LEAST_WORK / (36 * tiling->across), lk_do_some_tiles, &job);
}

// The products of all points, of which threads take some each.
typedef struct {
  const ck_walk *walk;
  const float *a, *b;
  float *c;
  ptrdiff_t a_apart, b_apart, c_apart;
} lk_point_products;

static void lk_multiply_some(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const lk_point_products *p = context;
  for (ptrdiff_t i = first; i < end; i++) {
    ck_product_f32(p->walk, p->a + i * p->a_apart, p->b + i * p->b_apart, p->c + i * p->c_apart);
  }
}

static void lk_multiply_points(lk_point_products p) {
  const ptrdiff_t products = p.walk->rows * p.walk->columns * p.walk->depth;
  ck_share(lk_points, 1 + 16 * LK_LEAST_WORK / products, lk_multiply_some, &p);
}

// The filters' way to points and back, by panels and by inputs; then outputs first.
typedef struct {
  ptrdiff_t panels, inputs, outputs;
  const float *in;
  float *out, *d_weight;
} lk_filter_job;

static void lk_some_filters_to_points(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const lk_filter_job *j = context;
  lk_filters_to_points(j->panels, j->inputs, first, end, j->in, j->out);
}

static void lk_some_points_to_filters(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const lk_filter_job *j = context;
  lk_points_to_filters(j->inputs, j->outputs, first, end, j->in, j->out);
}

static void lk_place_some_filters(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const lk_filter_job *j = context;
  transpose_f32(
    9 * j->inputs, (end - first) * 8, j->out + first * 8, j->outputs,
    j->d_weight + first * 8 * 9 * j->inputs, 9 * j->inputs);
}

// How a sweep goes over images: so many in a group, which stays in a cache, and so many of their
// tiles at once. `room` is what each slot works in.
typedef struct {
  const lk_winograd *sizes;
  lk_tiling from, to;
  ptrdiff_t group, at_once, v_apart, m_apart, filters, room_size;
  const float *in, *u, *bias;
  const finish_f32 *finish;
  ptrdiff_t channel;
  float *out, *room;
  _Atomic bool is_wild;
} lk_sweeping;

static lk_sweeping lk_sweeping_of(const lk_winograd *p, ptrdiff_t images) {
  lk_sweeping s = {
    .sizes = p, .from = lk_tiling_of(p, p->inputs, 2), .to = lk_tiling_of(p, p->outputs, 0),
    .filters = panels_f32(p->outputs) * p->inputs * CK_PANEL};
  const ptrdiff_t image = s.from.image + s.to.image;
  s.group = lk_clamp(2 * LK_FRAME_BYTES / (ptrdiff_t)sizeof(float) / image, 1, images);
  s.at_once =
    lk_tiles_at_once(s.group * s.from.high * s.from.wide, p->inputs + p->outputs);
  s.v_apart = lk_apart(s.at_once * p->inputs);
  s.m_apart = lk_apart(s.at_once * p->outputs);
  s.room_size = lk_points * (s.v_apart + s.m_apart) + s.group * image;
  return s;
}

// One group of images; false if its numbers are not tame.
static bool lk_sweep_group(
  const lk_sweeping *s, ptrdiff_t images, const float *in, float *out, float *room) {
  const lk_winograd *p = s->sizes;
  const lk_tiling *from = &s->from, *to = &s->to;
  const ptrdiff_t tiles = images * from->high * from->wide;
  float *v = room, *m = v + lk_points * s->v_apart, *framed = m + lk_points * s->m_apart;
  float *results = framed + s->group * from->image;
  const frame_f32 frame = {p->pad_h, p->pad_w, 4 * from->high + 2, 4 * from->wide + 2};
  frame_images_f32(images, p->inputs, p->in_h, p->in_w, p->in_distance, frame, in, framed);
  if (!lk_all_are_tame(images * from->image, framed)) return false;
  for (ptrdiff_t tile = 0; tile < tiles; tile += s->at_once) {
    const ptrdiff_t count = lk_smaller(s->at_once, tiles - tile);
    lk_share_tiles(lk_tiles_to_points, from, tile, count, framed, v, s->v_apart);
    const ck_walk walk = {
      count, p->outputs, 1, p->inputs, p->inputs, 0, 1, 0, CK_PANEL, p->inputs * CK_PANEL,
      p->outputs, false};
    lk_multiply_points(
      (lk_point_products){&walk, v, s->u, m, s->v_apart, s->filters, s->m_apart});
    lk_share_tiles(lk_points_to_tiles, to, tile, count, m, results, s->m_apart);
  }
  lk_putting putting = {p, results, s->bias, out, s->finish, s->channel};
  ck_share(images, 1, lk_put_some, &putting);
  return true;
}

static void lk_sweep_some(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  lk_sweeping *s = context;
  const lk_winograd *p = s->sizes;
  for (ptrdiff_t i = first; i < end && !s->is_wild; i += s->group) {
    const bool is_tame = lk_sweep_group(
      s, lk_smaller(s->group, end - i), s->in + i * p->in_distance, s->out + i * p->out_distance,
      s->room + slot * s->room_size);
    if (!is_tame) s->is_wild = true;
  }
}

// Outputs from inputs and packed filters; false if memory ran out or the numbers are not tame.
// Threads take whole images, so that what they make on the way stays in their own caches; only
// where images cannot be dealt out evenly do they share each step.
static bool lk_winograd_sweep(
  const lk_winograd *p, const float *in, const float *packed, const float *bias,
  const finish_f32 *finish, ptrdiff_t channel, float *out) {
  const ptrdiff_t threads = ck_threads(), panels = panels_f32(p->outputs);
  const bool deals = threads > 1 && p->images % threads == 0;
  const ptrdiff_t each = deals ? p->images / threads : p->images;
  lk_sweeping s = lk_sweeping_of(p, each);
  if (!lk_all_are_tame(9 * s.filters, packed)) return false;
  float *u = room_f32(lk_points * s.filters + (deals ? threads : 1) * s.room_size);
  if (!u) return false;
  lk_filter_job job = {panels, p->inputs, p->outputs, packed, u, NULL};
  ck_share(panels, 1, lk_some_filters_to_points, &job);
  s.in = in;
  s.u = u;
  s.bias = bias;
  s.finish = finish;
  s.channel = channel;
  s.out = out;
  s.room = u + lk_points * s.filters;
  ck_share(p->images, each, lk_sweep_some, &s);
  free(u);
  return !s.is_wild;
}

// How the sums of a weight's gradient go over images and tiles, for `each` inputs a slot.
typedef struct {
  const lk_winograd *sizes;
  ptrdiff_t group, at_once, each, v_apart, m_apart, room_size;
  const float *in, *d_out;
  float *u, *room;
  _Atomic bool is_wild;
} lk_summing;

static lk_summing lk_summing_of(const lk_winograd *p, ptrdiff_t each) {
  const lk_tiling from = lk_tiling_of(p, p->inputs, 2), to = lk_tiling_of(p, p->outputs, 0);
  lk_summing s = {.sizes = p, .each = each};
  s.group = lk_clamp(
    2 * LK_FRAME_BYTES / (ptrdiff_t)sizeof(float) / (from.image + to.image), 1, p->images);
  s.at_once = lk_tiles_at_once(s.group * from.high * from.wide, p->inputs + p->outputs);
  s.v_apart = lk_apart(s.at_once * each);
  s.m_apart = lk_apart(s.at_once * p->outputs);
  s.room_size = lk_points * (s.v_apart + s.m_apart) +
    s.group * (lk_tiling_of(p, each, 2).image + to.image);
  return s;
}

// The sums for `inputs` of the inputs, beginning with `channel`, over one group of images that
// begins with `first`; false if their numbers are not tame.
static bool lk_sum_group(
  const lk_summing *s, ptrdiff_t channel, ptrdiff_t inputs, ptrdiff_t first, float *room) {
  const lk_winograd *p = s->sizes;
  const lk_tiling from = lk_tiling_of(p, inputs, 2), to = lk_tiling_of(p, p->outputs, 0);
  const ptrdiff_t images = lk_smaller(s->group, p->images - first);
  const ptrdiff_t tiles = images * from.high * from.wide, filters = p->inputs * p->outputs;
  float *v = room, *m = v + lk_points * s->v_apart, *framed = m + lk_points * s->m_apart;
  float *d_framed = framed + images * from.image;
  const frame_f32 frame = {p->pad_h, p->pad_w, 4 * from.high + 2, 4 * from.wide + 2};
  const frame_f32 whole = {0, 0, 4 * to.high, 4 * to.wide};
  frame_images_f32(
    images, inputs, p->in_h, p->in_w, p->in_distance, frame,
    s->in + first * p->in_distance + channel * p->in_h * p->in_w, framed);
  frame_images_f32(
    images, p->outputs, p->out_h, p->out_w, p->out_distance, whole,
    s->d_out + first * p->out_distance, d_framed);
  if (!lk_are_tame(images * from.image, framed) || !lk_are_tame(images * to.image, d_framed)) {
    return false;
  }
  for (ptrdiff_t tile = 0; tile < tiles; tile += s->at_once) {
    const ptrdiff_t count = lk_smaller(s->at_once, tiles - tile);
    lk_tiles_to_points(&from, tile, 0, count, framed, v, s->v_apart);
    lk_gradients_to_points(&to, tile, 0, count, d_framed, m, s->m_apart);
    const ck_walk walk = {
      inputs, p->outputs, 1, count, 1, 0, inputs, 0, p->outputs, CK_PANEL, p->outputs,
      first + tile > 0};
    for (ptrdiff_t i = 0; i < lk_points; i++) {
      ck_product_f32(
        &walk, v + i * s->v_apart, m + i * s->m_apart,
        s->u + i * filters + channel * p->outputs);
    }
  }
  return true;
}

static void lk_sum_some_inputs(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  lk_summing *s = context;
  float *room = s->room + slot * s->room_size;
  for (ptrdiff_t i = first * lk_lanes; i < end * lk_lanes; i += s->each) {
    const ptrdiff_t inputs = lk_smaller(s->each, end * lk_lanes - i);
    for (ptrdiff_t image = 0; image < s->sizes->images && !s->is_wild; image += s->group) {
      if (!lk_sum_group(s, i, inputs, image, room)) s->is_wild = true;
    }
  }
}

// Each thread makes the sums of some inputs over all images, for which it takes the outputs'
// gradients to points itself: that takes less time than to share what comes of it.
static bool lk_winograd_weight_gradient(
  const lk_winograd *p, const float *in, const float *d_out, float *d_weight) {
  const ptrdiff_t filters = p->inputs * p->outputs, units = p->inputs / lk_lanes;
  const ptrdiff_t slots = ck_threads(), grain = (units + slots - 1) / slots;
  lk_summing s = lk_summing_of(p, grain * lk_lanes);
  float *u = room_f32((lk_points + 9) * filters + slots * s.room_size);
  if (!u) return false;
  float *sums = u + lk_points * filters;
  s.in = in;
  s.d_out = d_out;
  s.u = u;
  s.room = sums + 9 * filters;
  ck_share(units, grain, lk_sum_some_inputs, &s);
  if (!s.is_wild) {
    lk_filter_job job = {1, p->inputs, p->outputs, u, sums, d_weight};
    ck_share(p->inputs, 1 + LK_LEAST_WORK / (36 * p->outputs), lk_some_points_to_filters, &job);
    ck_share(p->outputs / 8, 1 + LK_LEAST_WORK / (72 * p->inputs), lk_place_some_filters, &job);
  }
  free(u);
  return !s.is_wild;
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
  const lk_convolution *c, const float *in, const float *weight, const float *bias,
  const finish_f32 *finish, float *out) {
  if (!lk_winograd_pays(c)) return false;
  const lk_winograd p = lk_winograd_of(c);
  const sizes_f32 size = sizes_of_f32(c);
  const ptrdiff_t panel = 9 * c->inputs * CK_PANEL, packed_size = panels_f32(c->outputs) * panel;
  float *packed = room_f32(packed_size + ck_threads() * panel);
  bool done = packed != NULL;
  for (ptrdiff_t group = 0; done && group < c->groups; group++) {
    pack_filters_f32((packing_f32){
      .convolution = c, .in = weight + group * size.weights, .out = packed,
      .room = packed + packed_size, .room_size = panel});
    done = lk_winograd_sweep(
      &p, in + group * size.in, packed, bias ? bias + group * c->outputs : NULL, finish,
      group * c->outputs, out + group * size.out);
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
    pack_turned_f32((packing_f32){
      .convolution = c, .in = weight + group * size.weights, .out = packed, .rows = rows,
      .columns = columns});
    done = lk_winograd_sweep(
      &p, d_out + group * size.out, packed, NULL, NULL, 0, d_in + group * size.in);
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
