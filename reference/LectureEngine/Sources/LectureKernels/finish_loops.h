// What follows a convolution, done to its numbers while they are in a cache: normalization by known
// statistics, a sum with another tensor, and rectification. Included once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)

// A number of `mean`, `scale` and `shift` for each channel; `addend`, if there is one, lies as the
// outputs do, which begin at `out`.
typedef struct {
  const REAL *mean, *scale, *shift, *addend, *out;
  bool rectifies;
} NAME(finish);

// `count` numbers of some channels, whose planes are `plane` apart; nothing without a finish.
LK_CLONES static void NAME(finish_planes)(
  const NAME(finish) *f, ptrdiff_t channel, ptrdiff_t channels, ptrdiff_t count, ptrdiff_t plane,
  REAL *out) {
  if (!f) return;
  for (ptrdiff_t end = channel + channels; channel < end; channel++, out += plane) {
    const REAL center = f->mean[channel], factor = f->scale[channel], offset = f->shift[channel];
    const REAL *more = f->addend ? f->addend + (out - f->out) : NULL;
    const bool rectifies = f->rectifies;
    if (more) {
      for (ptrdiff_t i = 0; i < count; i++) {
        const REAL normal = (out[i] - center) * factor + offset, sum = normal + more[i];
        out[i] = rectifies && sum < 0 ? 0 : sum;
      }
    } else {
      for (ptrdiff_t i = 0; i < count; i++) {
        const REAL normal = (out[i] - center) * factor + offset;
        out[i] = rectifies && normal < 0 ? 0 : normal;
      }
    }
  }
}

#undef NAME
