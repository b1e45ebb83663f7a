// Convolution as products of matrices that are read where they lie. Included once per scalar type.
//
// With channels last, the numbers that a filter meets in one of its rows, kernel_w * inputs of
// them, are one run of the image, and those of the next output begin a step further. So the image
// with its padding is the matrix of patches itself, and no patch is ever copied:
//
//   output             pixels x outputs = image x filters, a run for each row of the filter
//   input's gradient   the same over the output's gradient, with the filter turned around, once for
//                      each way in which the stride can meet it
//   weight's gradient  outputs x (kernel_w * inputs) = the output's gradient x image, a product for
//                      each row of the filter, a run for each row of the output
#define NAME(base) LK_PASTE(base, SUFFIX)
#define PRODUCT LK_PASTE(ck_product, SUFFIX)
#define MATMUL LK_PASTE(ck_matmul, SUFFIX)
#define SUM LK_PASTE(ck_sum, SUFFIX)

// A filter of one weight that stands on every pixel meets the image as it is.
LK_INLINE bool NAME(is_pointwise)(const lk_window *w) {
  return w->kernel_h == 1 && w->kernel_w == 1 && w->stride_h == 1 && w->stride_w == 1 &&
    w->pad_h == 0 && w->pad_w == 0;
}

// One channel makes one channel: no matrix, the filter slides over the plane.
LK_INLINE bool NAME(is_depthwise)(const lk_convolution *c) {
  return c->inputs == 1 && c->outputs == 1;
}

// The numbers of one group of one image, and of a group's filters.
typedef struct {
  ptrdiff_t in, out, weights;
} NAME(sizes);

static NAME(sizes) NAME(sizes_of)(const lk_convolution *c) {
  const lk_window *w = &c->window;
  return (NAME(sizes)){
    c->inputs * w->in_h * w->in_w, c->outputs * w->out_h * w->out_w,
    c->outputs * c->inputs * w->kernel_h * w->kernel_w};
}

LK_INLINE bool NAME(is_empty)(const lk_convolution *c) {
  const NAME(sizes) s = NAME(sizes_of)(c);
  return c->images * c->groups * s.weights * s.in * s.out == 0;
}

// The frame of the image as the filter sees it.
static NAME(frame) NAME(frame_of)(const lk_window *w) {
  return (NAME(frame)){
    w->pad_h, w->pad_w, (w->out_h - 1) * w->stride_h + w->kernel_h,
    (w->out_w - 1) * w->stride_w + w->kernel_w};
}

// A filter's way over framed images: where it starts, how it moves, and where its outputs go.
typedef struct {
  ptrdiff_t inputs, outputs, kernel_h, kernel_w, stride_h, stride_w;
  ptrdiff_t top, left, rows, columns;
  ptrdiff_t out_first, out_row, out_step, out_plane;
  NAME(frame) frame;
} NAME(sweep);

LK_INLINE ptrdiff_t NAME(panels)(ptrdiff_t columns) {
  return (columns + CK_PANEL - 1) / CK_PANEL;
}

// Columns that are stored in whole vectors, or in half a vector, the rest of it without use.
LK_INLINE ptrdiff_t NAME(whole)(ptrdiff_t columns) {
  return columns <= 8 ? 8 : (columns + 15) / 16 * 16;
}

// Pixels that are computed before they are put in their places, channels first.
enum { NAME(block) = 224 };

LK_INLINE ptrdiff_t NAME(rows_at_once)(const NAME(sweep) *s) {
  return lk_smaller(s->rows, lk_larger(1, NAME(block) / s->columns));
}

static ptrdiff_t NAME(room_of_block)(const NAME(sweep) *s) {
  return NAME(rows_at_once)(s) * s->columns * CK_PANEL;
}

// One panel of outputs of one image, whose channels begin with `channel` among all. `room` is for a
// block of pixels.
static void NAME(sweep_panel)(
  const NAME(sweep) *s, ptrdiff_t panel, const REAL *in, const REAL *packed, const REAL *bias,
  const NAME(finish) *finish, ptrdiff_t channel, REAL *out, REAL *room) {
  const ptrdiff_t first = panel * CK_PANEL, count = lk_smaller(CK_PANEL, s->outputs - first);
  const ptrdiff_t run = s->kernel_w * s->inputs, line = s->frame.w * s->inputs;
  const ck_walk walk = {
    s->columns, NAME(whole)(count), s->kernel_h, run, s->stride_w * s->inputs, line, 1,
    run * CK_PANEL, CK_PANEL, 0, CK_PANEL, false};
  const REAL *offsets = bias ? bias + first : NULL;
  const ptrdiff_t at_once = NAME(rows_at_once)(s);
  in += s->top * line + s->left * s->inputs;
  out += first * s->out_plane + s->out_first;
  packed += panel * s->kernel_h * run * CK_PANEL;
  for (ptrdiff_t y = 0; y < s->rows; y += at_once) {
    const ptrdiff_t rows = lk_smaller(at_once, s->rows - y);
    for (ptrdiff_t i = 0; i < rows; i++) {
      PRODUCT(
        &walk, in + (y + i) * s->stride_h * line, packed, room + i * s->columns * CK_PANEL);
    }
    REAL *place = out + y * s->out_row;
    if (s->out_step == 1 && s->out_row == s->columns) {
      NAME(put_channels_first)(
        rows * s->columns, count, room, CK_PANEL, offsets, place, s->out_plane, 1);
      NAME(finish_planes)(
        finish, channel + first, count, rows * s->columns, s->out_plane, place);
      continue;
    }
    for (ptrdiff_t i = 0; i < rows; i++) {
      NAME(put_channels_first)(
        s->columns, count, room + i * s->columns * CK_PANEL, CK_PANEL, offsets,
        place + i * s->out_row, s->out_plane, s->out_step);
    }
  }
}

// A part of the filter's places along one axis, those that a stride can bring to the same inputs:
// `first`, `first + stride` and so on, `count` of them. They meet the inputs `place`,
// `place + stride` and so on, `inputs` of them, `start` outputs from the first one.
typedef struct {
  ptrdiff_t first, count, place, inputs, start;
} NAME(share);

static NAME(share) NAME(share_of)(
  ptrdiff_t first, ptrdiff_t kernel, ptrdiff_t stride, ptrdiff_t pad, ptrdiff_t in) {
  const ptrdiff_t count = first < kernel ? (kernel - first + stride - 1) / stride : 0;
  const ptrdiff_t step = first < pad ? (pad - first + stride - 1) / stride : 0;
  const ptrdiff_t place = first + step * stride - pad;
  const ptrdiff_t inputs = place < in ? (in - place + stride - 1) / stride : 0;
  return (NAME(share)){first, count, place, inputs, step - count + 1};
}

// What goes into panels, the shares of the filter that do, and room for each slot.
typedef struct {
  const lk_convolution *convolution;
  const REAL *in;
  REAL *out, *room;
  ptrdiff_t room_size;
  NAME(share) rows, columns;
} NAME(packing);

// Filters [outputs, inputs, kernel_h, kernel_w] as panels of outputs, in each of them
// [kernel_h, kernel_w, inputs, CK_PANEL]. `room` is for one panel.
static void NAME(pack_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  const NAME(packing) *p = context;
  const lk_convolution *c = p->convolution;
  const ptrdiff_t taps = c->window.kernel_h * c->window.kernel_w, depth = taps * c->inputs;
  REAL *room = p->room + slot * p->room_size, *out = p->out + first * depth * CK_PANEL;
  for (ptrdiff_t panel = first * CK_PANEL; panel < end * CK_PANEL; panel += CK_PANEL) {
    const ptrdiff_t count = lk_smaller(CK_PANEL, c->outputs - panel);
    if (count < CK_PANEL) memset(room, 0, (size_t)(depth * CK_PANEL) * sizeof(REAL));
    NAME(transpose)(count, depth, p->in + panel * depth, depth, room, CK_PANEL);
    for (ptrdiff_t tap = 0; tap < taps; tap++) {
      for (ptrdiff_t i = 0; i < c->inputs; i++, out += CK_PANEL) {
        memcpy(out, room + (i * taps + tap) * CK_PANEL, CK_PANEL * sizeof(REAL));
      }
    }
  }
}

static void NAME(pack_filters)(NAME(packing) p) {
  ck_share(NAME(panels)(p.convolution->outputs), 1, NAME(pack_some), &p);
}

// The filters as the gradient meets them: a panel of inputs holds, from the last place of the share
// to the first, [share_h, share_w, outputs, CK_PANEL].
static void NAME(pack_some_turned)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(packing) *p = context;
  const lk_convolution *c = p->convolution;
  const lk_window *w = &c->window;
  const ptrdiff_t taps = w->kernel_h * w->kernel_w;
  const ptrdiff_t size = p->rows.count * p->columns.count * c->outputs * CK_PANEL;
  for (ptrdiff_t panel = first; panel < end; panel++) {
    const ptrdiff_t count = lk_smaller(CK_PANEL, c->inputs - panel * CK_PANEL);
    for (ptrdiff_t o = 0; o < c->outputs; o++) {
      // Row by row of the weights, which read in any other order would come from far away.
      const REAL *filter = p->in + (o * c->inputs + panel * CK_PANEL) * taps;
      REAL *to = p->out + panel * size + o * CK_PANEL;
      for (ptrdiff_t y = p->rows.count - 1; y >= 0; y--) {
        for (ptrdiff_t x = p->columns.count - 1; x >= 0; x--, to += c->outputs * CK_PANEL) {
          const ptrdiff_t ky = p->rows.first + y * w->stride_h;
          const REAL *from = filter + ky * w->kernel_w + p->columns.first + x * w->stride_w;
          for (ptrdiff_t i = 0; i < count; i++) to[i] = from[i * taps];
          for (ptrdiff_t i = count; i < CK_PANEL; i++) to[i] = 0;
        }
      }
    }
  }
}

static void NAME(pack_turned)(NAME(packing) p) {
  ck_share(NAME(panels)(p.convolution->inputs), 1, NAME(pack_some_turned), &p);
}

// How many images are framed at once: as many as stay in a cache while panels pass over them.
static ptrdiff_t NAME(images_at_once)(const lk_convolution *c, ptrdiff_t size) {
  return lk_clamp(LK_FRAME_BYTES / (ptrdiff_t)sizeof(REAL) / size, 1, c->images);
}

// Room for what a call works with; the products read a little over the end.
static REAL *NAME(room)(ptrdiff_t count) {
  return aligned_alloc(64, ((size_t)(count + 32) * sizeof(REAL) + 63) / 64 * 64);
}

// All panels of some images, one image after the other under a panel, and room for each slot.
typedef struct {
  const NAME(sweep) *sweep;
  ptrdiff_t images, in_image, out_image, room_size;
  const REAL *framed, *packed, *bias;
  REAL *out, *room;
  const NAME(finish) *finish;
  ptrdiff_t channel;
} NAME(sweeping);

static void NAME(sweep_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  const NAME(sweeping) *s = context;
  for (ptrdiff_t i = first; i < end; i++) {
    const ptrdiff_t image = i % s->images;
    NAME(sweep_panel)(
      s->sweep, i / s->images, s->framed + image * s->in_image, s->packed, s->bias, s->finish,
      s->channel, s->out + image * s->out_image, s->room + slot * s->room_size);
  }
}

static void NAME(sweep_images)(NAME(sweeping) s) {
  ck_share(NAME(panels)(s.sweep->outputs) * s.images, 1, NAME(sweep_some), &s);
}

static bool NAME(convolve_framed)(
  const lk_convolution *c, const REAL *in, const REAL *weight, const REAL *bias,
  const NAME(finish) *finish, REAL *out) {
  const lk_window *w = &c->window;
  const NAME(sizes) size = NAME(sizes_of)(c);
  const NAME(sweep) s = {
    c->inputs, c->outputs, w->kernel_h, w->kernel_w, w->stride_h, w->stride_w, 0, 0, w->out_h,
    w->out_w, 0, w->out_w, 1, w->out_h * w->out_w, NAME(frame_of)(w)};
  const ptrdiff_t panel = w->kernel_h * w->kernel_w * c->inputs * CK_PANEL;
  const ptrdiff_t framed_size = s.frame.h * s.frame.w * c->inputs;
  const ptrdiff_t at_once = NAME(images_at_once)(c, framed_size);
  const ptrdiff_t block = lk_larger(panel, NAME(room_of_block)(&s)), slots = ck_threads();
  REAL *packed = NAME(room)(
    NAME(panels)(c->outputs) * panel + slots * block + at_once * framed_size);
  if (!packed) return false;
  REAL *room = packed + NAME(panels)(c->outputs) * panel, *framed = room + slots * block;

  const ptrdiff_t in_image = c->groups * size.in, out_image = c->groups * size.out;
  for (ptrdiff_t group = 0; group < c->groups; group++) {
    NAME(pack_filters)((NAME(packing)){
      .convolution = c, .in = weight + group * size.weights, .out = packed, .room = room,
      .room_size = block});
    for (ptrdiff_t first = 0; first < c->images; first += at_once) {
      const ptrdiff_t images = lk_smaller(at_once, c->images - first);
      NAME(frame_images)(
        images, c->inputs, w->in_h, w->in_w, in_image, s.frame,
        in + first * in_image + group * size.in, framed);
      NAME(sweep_images)((NAME(sweeping)){
        &s, images, framed_size, out_image, block, framed, packed,
        bias ? bias + group * c->outputs : NULL, out + first * out_image + group * size.out,
        room, finish, group * c->outputs});
    }
  }
  free(packed);
  return true;
}

// The frame of the output's gradient in which every share of the filter finds its outputs.
static NAME(frame) NAME(gradient_frame)(const lk_window *w) {
  ptrdiff_t start[2] = {0, 0}, end[2] = {w->out_h, w->out_w};
  for (int axis = 0; axis < 2; axis++) {
    const ptrdiff_t stride = axis ? w->stride_w : w->stride_h;
    for (ptrdiff_t first = 0; first < stride; first++) {
      const NAME(share) s = axis
        ? NAME(share_of)(first, w->kernel_w, stride, w->pad_w, w->in_w)
        : NAME(share_of)(first, w->kernel_h, stride, w->pad_h, w->in_h);
      if (s.count == 0 || s.inputs == 0) continue;
      start[axis] = lk_smaller(start[axis], s.start);
      end[axis] = lk_larger(end[axis], s.start + s.count + s.inputs - 1);
    }
  }
  return (NAME(frame)){-start[0], -start[1], end[0] - start[0], end[1] - start[1]};
}

// One group's share of the filter over framed gradients.
static void NAME(sweep_share)(
  const lk_convolution *c, NAME(frame) frame, NAME(share) rows, NAME(share) columns,
  ptrdiff_t images, const REAL *framed, const REAL *packed, REAL *d_in, REAL *room,
  ptrdiff_t room_size) {
  const lk_window *w = &c->window;
  const NAME(sweep) s = {
    c->outputs, c->inputs, rows.count, columns.count, 1, 1, frame.top + rows.start,
    frame.left + columns.start, rows.inputs, columns.inputs, rows.place * w->in_w + columns.place,
    w->stride_h * w->in_w, w->stride_w, w->in_h * w->in_w, frame};
  NAME(sweep_images)((NAME(sweeping)){
    &s, images, frame.h * frame.w * c->outputs, c->groups * NAME(sizes_of)(c).in, room_size,
    framed, packed, NULL, d_in, room, NULL, 0});
}

static bool NAME(input_gradient_framed)(
  const lk_convolution *c, const REAL *d_out, const REAL *weight, REAL *d_in) {
  const lk_window *w = &c->window;
  const NAME(sizes) size = NAME(sizes_of)(c);
  const NAME(frame) frame = NAME(gradient_frame)(w);
  const ptrdiff_t packed_size =
    NAME(panels)(c->inputs) * w->kernel_h * w->kernel_w * c->outputs * CK_PANEL;
  const ptrdiff_t framed_size = frame.h * frame.w * c->outputs;
  const ptrdiff_t at_once = NAME(images_at_once)(c, framed_size);
  const ptrdiff_t block = lk_larger(NAME(block), w->in_w) * CK_PANEL, slots = ck_threads();
  REAL *packed = NAME(room)(packed_size + slots * block + at_once * framed_size);
  if (!packed) return false;
  REAL *room = packed + packed_size, *framed = room + slots * block;

  const ptrdiff_t in_image = c->groups * size.in, out_image = c->groups * size.out;
  const bool leaves_gaps = w->kernel_h < w->stride_h || w->kernel_w < w->stride_w;
  if (leaves_gaps) memset(d_in, 0, (size_t)(c->images * in_image) * sizeof(REAL));
  for (ptrdiff_t group = 0; group < c->groups; group++) {
    const REAL *group_weight = weight + group * size.weights;
    for (ptrdiff_t first = 0; first < c->images; first += at_once) {
      const ptrdiff_t images = lk_smaller(at_once, c->images - first);
      NAME(frame_images)(
        images, c->outputs, w->out_h, w->out_w, out_image, frame,
        d_out + first * out_image + group * size.out, framed);
      REAL *share = packed;
      for (ptrdiff_t y = 0; y < lk_smaller(w->stride_h, w->kernel_h); y++) {
        const NAME(share) rows = NAME(share_of)(y, w->kernel_h, w->stride_h, w->pad_h, w->in_h);
        for (ptrdiff_t x = 0; x < lk_smaller(w->stride_w, w->kernel_w); x++) {
          const NAME(share) columns =
            NAME(share_of)(x, w->kernel_w, w->stride_w, w->pad_w, w->in_w);
          if (first == 0) {
            NAME(pack_turned)((NAME(packing)){
              .convolution = c, .in = group_weight, .out = share, .rows = rows,
              .columns = columns});
          }
          if (rows.inputs > 0 && columns.inputs > 0) {
            NAME(sweep_share)(
              c, frame, rows, columns, images, framed, share,
              d_in + first * in_image + group * size.in, room, block);
          }
          share += NAME(panels)(c->inputs) * rows.count * columns.count * c->outputs * CK_PANEL;
        }
      }
    }
  }
  free(packed);
  return true;
}

// The sums of weight gradients, [kernel_h, outputs, kernel_w * inputs or a little more], over some
// framed images: a panel of columns at a time, so that what is added to stays in a cache.
typedef struct {
  const lk_convolution *convolution;
  NAME(frame) frame;
  ptrdiff_t images;
  const REAL *framed, *d_framed;
  REAL *sums;
  bool add;
  REAL *d_weight;
} NAME(summing);

static void NAME(sum_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(summing) *s = context;
  const lk_convolution *c = s->convolution;
  const lk_window *w = &c->window;
  const ptrdiff_t run = w->kernel_w * c->inputs, line = s->frame.w * c->inputs;
  const ptrdiff_t width = NAME(whole)(run), panels = NAME(panels)(run);
  for (ptrdiff_t part = first; part < end; part++) {
    const ptrdiff_t ky = part / panels, column = part % panels * CK_PANEL;
    for (ptrdiff_t i = 0; i < s->images; i++) {
      const ck_walk walk = {
        c->outputs, lk_smaller(CK_PANEL, width - column), w->out_h, w->out_w, 1,
        w->out_w * c->outputs, c->outputs, w->stride_h * line, w->stride_w * c->inputs, 0, width,
        s->add || i > 0};
      PRODUCT(
        &walk, s->d_framed + i * w->out_h * w->out_w * c->outputs,
        s->framed + (i * s->frame.h + ky) * line + column,
        s->sums + ky * c->outputs * width + column);
    }
  }
}

// These sums to [outputs, inputs, kernel_h, kernel_w].
static void NAME(place_some)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(summing) *s = context;
  const lk_convolution *c = s->convolution;
  const ptrdiff_t kernel_h = c->window.kernel_h, kernel_w = c->window.kernel_w;
  const ptrdiff_t taps = kernel_h * kernel_w, width = NAME(whole)(kernel_w * c->inputs);
  for (ptrdiff_t o = first; o < end; o++) {
    for (ptrdiff_t ky = 0; ky < kernel_h; ky++) {
      const REAL *from = s->sums + (ky * c->outputs + o) * width;
      for (ptrdiff_t kx = 0; kx < kernel_w; kx++) {
        REAL *to = s->d_weight + o * c->inputs * taps + ky * kernel_w + kx;
        for (ptrdiff_t i = 0; i < c->inputs; i++) to[i * taps] = *from++;
      }
    }
  }
}

static bool NAME(weight_gradient_framed)(
  const lk_convolution *c, const REAL *in, const REAL *d_out, REAL *d_weight) {
  const lk_window *w = &c->window;
  const NAME(sizes) size = NAME(sizes_of)(c);
  const NAME(frame) frame = NAME(frame_of)(w), plain = {0, 0, w->out_h, w->out_w};
  const ptrdiff_t framed_size = frame.h * frame.w * c->inputs;
  const ptrdiff_t at_once = NAME(images_at_once)(c, framed_size + size.out);
  const ptrdiff_t sums_size = w->kernel_h * c->outputs * NAME(whole)(w->kernel_w * c->inputs);
  REAL *sums = NAME(room)(sums_size + at_once * (framed_size + size.out));
  if (!sums) return false;
  REAL *framed = sums + sums_size, *d_framed = framed + at_once * framed_size;
  NAME(summing) s = {c, frame, 0, framed, d_framed, sums, false, NULL};

  const ptrdiff_t in_image = c->groups * size.in, out_image = c->groups * size.out;
  for (ptrdiff_t group = 0; group < c->groups; group++) {
    for (ptrdiff_t first = 0; first < c->images; first += at_once) {
      const ptrdiff_t images = lk_smaller(at_once, c->images - first);
      NAME(frame_images)(
        images, c->inputs, w->in_h, w->in_w, in_image, frame,
        in + first * in_image + group * size.in, framed);
      NAME(frame_images)(
        images, c->outputs, w->out_h, w->out_w, out_image, plain,
        d_out + first * out_image + group * size.out, d_framed);
      s.images = images;
      s.add = first > 0;
      ck_share(w->kernel_h * NAME(panels)(w->kernel_w * c->inputs), 1, NAME(sum_some), &s);
    }
    s.d_weight = d_weight + group * size.weights;
    ck_share(c->outputs, 1 + LK_LEAST_WORK / size.weights, NAME(place_some), &s);
  }
  free(sums);
  return true;
}

#undef PRODUCT
