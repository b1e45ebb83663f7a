// 3 x 3 filters with stride 1 in single precision, with a quarter of the multiplications: tiles of
// 4 x 4 outputs, 36 products of matrices [tiles, inputs] [inputs, outputs].
//
// With d a tile of 6 x 6 inputs, g a filter, y its outputs, and the three matrices B, G and A that
// `to_points`, `filter_to_points` and `from_points` multiply by:
//
//   V = Bᵀ d B        U = G g Gᵀ        M = Σ U V, over the inputs, number by number
//   y = Aᵀ M A        dM = A dy Aᵀ      dU = Σ V dM, over the tiles      dg = Gᵀ dU G
//
// A result's rounding is that of the largest numbers in its tile, so this is for numbers that are
// finite and not huge; for others the caller takes the plain way.
//
// Source: Lavin & Gray 2016, with other points.

typedef float lk_line __attribute__((vector_size(64), aligned(4)));
enum { lk_lanes = 16, lk_points = 36 };

// The points 0, a, -a, b, -b and infinity, a² = 1/2 and b² = 2: half the rounding of 1 and 2.
#define LK_A 0.70710678f
#define LK_B 1.41421356f

// Everything is done twice, along rows and along columns: a step of `stride` from number to number.
LK_INLINE void lk_to_points(const lk_line *d, ptrdiff_t stride, lk_line *t, ptrdiff_t t_stride) {
  const lk_line d0 = d[0], d1 = d[stride], d2 = d[2 * stride], d3 = d[3 * stride];
  const lk_line d4 = d[4 * stride], d5 = d[5 * stride];
  const lk_line even_a = d4 - 2 * d2, odd_a = LK_A * (d3 - 2 * d1);
  const lk_line even_b = d4 - 0.5f * d2, odd_b = LK_B * (d3 - 0.5f * d1);
  t[0] = d0 - 2.5f * d2 + d4;
  t[t_stride] = even_a + odd_a;
  t[2 * t_stride] = even_a - odd_a;
  t[3 * t_stride] = even_b + odd_b;
  t[4 * t_stride] = even_b - odd_b;
  t[5 * t_stride] = d1 - 2.5f * d3 + d5;
}

LK_INLINE void lk_from_points(const lk_line *m, ptrdiff_t stride, lk_line *y, ptrdiff_t y_stride) {
  const lk_line m0 = m[0], m1 = m[stride], m2 = m[2 * stride], m3 = m[3 * stride];
  const lk_line m4 = m[4 * stride], m5 = m[5 * stride];
  const lk_line even_a = m1 + m2, odd_a = LK_A * (m1 - m2);
  const lk_line even_b = m3 + m4, odd_b = LK_B * (m3 - m4);
  y[0] = m0 + even_a + even_b;
  y[y_stride] = odd_a + odd_b;
  y[2 * y_stride] = 0.5f * even_a + 2 * even_b;
  y[3 * y_stride] = 0.5f * odd_a + 2 * odd_b + m5;
}

LK_INLINE void lk_outputs_to_points(
  const lk_line *y, ptrdiff_t stride, lk_line *m, ptrdiff_t m_stride) {
  const lk_line y0 = y[0], y1 = y[stride], y2 = y[2 * stride], y3 = y[3 * stride];
  const lk_line even_a = y0 + 0.5f * y2, odd_a = LK_A * (y1 + 0.5f * y3);
  const lk_line even_b = y0 + 2 * y2, odd_b = LK_B * (y1 + 2 * y3);
  m[0] = y0;
  m[m_stride] = even_a + odd_a;
  m[2 * m_stride] = even_a - odd_a;
  m[3 * m_stride] = even_b + odd_b;
  m[4 * m_stride] = even_b - odd_b;
  m[5 * m_stride] = y3;
}

LK_INLINE void lk_filter_to_points(
  const lk_line *g, ptrdiff_t stride, lk_line *u, ptrdiff_t u_stride) {
  const lk_line g0 = g[0], g1 = g[stride], g2 = g[2 * stride];
  const lk_line even_a = (g0 + 0.5f * g2) * (-2.0f / 3), odd_a = g1 * (LK_A * -2 / 3);
  const lk_line even_b = (g0 + 2 * g2) * (1.0f / 6), odd_b = g1 * (LK_B / 6);
  u[0] = g0;
  u[u_stride] = even_a + odd_a;
  u[2 * u_stride] = even_a - odd_a;
  u[3 * u_stride] = even_b + odd_b;
  u[4 * u_stride] = even_b - odd_b;
  u[5 * u_stride] = g2;
}

LK_INLINE void lk_points_to_filter(
  const lk_line *u, ptrdiff_t stride, lk_line *g, ptrdiff_t g_stride) {
  const lk_line u0 = u[0], u1 = u[stride], u2 = u[2 * stride], u3 = u[3 * stride];
  const lk_line u4 = u[4 * stride], u5 = u[5 * stride];
  const lk_line even_a = (u1 + u2) * (-2.0f / 3), odd_a = (u1 - u2) * (LK_A * -2 / 3);
  const lk_line even_b = (u3 + u4) * (1.0f / 6), odd_b = (u3 - u4) * (LK_B / 6);
  g[0] = u0 + even_a + even_b;
  g[g_stride] = odd_a + odd_b;
  g[2 * g_stride] = 0.5f * even_a + 2 * even_b + u5;
}

#undef LK_A
#undef LK_B

// How tiles lie in the frame of an image: `high` rows of `wide`, `across` numbers per pixel.
typedef struct {
  ptrdiff_t high, wide, across, line, image;
} lk_tiling;

LK_INLINE ptrdiff_t lk_corner(const lk_tiling *t, ptrdiff_t tile) {
  const ptrdiff_t inside = tile % (t->high * t->wide);
  return tile / (t->high * t->wide) * t->image +
    (inside / t->wide * t->line + inside % t->wide * t->across) * 4;
}

// Of the tiles that begin with `zeroth`, first ..< end, to points [36, tiles, across]; `apart` lies
// between two points.
LK_CLONES static void lk_tiles_to_points(
  const lk_tiling *t, ptrdiff_t zeroth, ptrdiff_t first, ptrdiff_t end, const float *in, float *out,
  ptrdiff_t apart) {
  for (ptrdiff_t i = first; i < end; i++) {
    const float *corner = in + lk_corner(t, zeroth + i);
    for (ptrdiff_t c = 0; c < t->across; c += lk_lanes) {
      lk_line d[36], half[36], v[36];
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 6; x++) {
          d[y * 6 + x] = *(const lk_line *)(corner + y * t->line + x * t->across + c);
        }
      }
      for (int x = 0; x < 6; x++) lk_to_points(d + x, 6, half + x, 6);
      for (int y = 0; y < 6; y++) lk_to_points(half + 6 * y, 1, v + 6 * y, 1);
      for (int p = 0; p < lk_points; p++) {
        *(lk_line *)(out + p * apart + i * t->across + c) = v[p];
      }
    }
  }
}

// The gradients of tiles of outputs to points, the same way.
LK_CLONES static void lk_gradients_to_points(
  const lk_tiling *t, ptrdiff_t zeroth, ptrdiff_t first, ptrdiff_t end, const float *in, float *out,
  ptrdiff_t apart) {
  for (ptrdiff_t i = first; i < end; i++) {
    const float *corner = in + lk_corner(t, zeroth + i);
    for (ptrdiff_t c = 0; c < t->across; c += lk_lanes) {
      lk_line y[16], half[24], m[36];
      for (int row = 0; row < 4; row++) {
        for (int x = 0; x < 4; x++) {
          y[row * 4 + x] = *(const lk_line *)(corner + row * t->line + x * t->across + c);
        }
      }
      for (int x = 0; x < 4; x++) lk_outputs_to_points(y + x, 4, half + x, 4);
      for (int row = 0; row < 6; row++) lk_outputs_to_points(half + 4 * row, 1, m + 6 * row, 1);
      for (int p = 0; p < lk_points; p++) {
        *(lk_line *)(out + p * apart + i * t->across + c) = m[p];
      }
    }
  }
}

// Points to tiles of outputs.
LK_CLONES static void lk_points_to_tiles(
  const lk_tiling *t, ptrdiff_t zeroth, ptrdiff_t first, ptrdiff_t end, const float *in, float *out,
  ptrdiff_t apart) {
  for (ptrdiff_t i = first; i < end; i++) {
    float *corner = out + lk_corner(t, zeroth + i);
    for (ptrdiff_t c = 0; c < t->across; c += lk_lanes) {
      lk_line m[36], half[24], y[16];
      for (int p = 0; p < lk_points; p++) {
        m[p] = *(const lk_line *)(in + p * apart + i * t->across + c);
      }
      for (int x = 0; x < 6; x++) lk_from_points(m + x, 6, half + x, 6);
      for (int row = 0; row < 4; row++) lk_from_points(half + 6 * row, 1, y + 4 * row, 1);
      for (int row = 0; row < 4; row++) {
        for (int x = 0; x < 4; x++) {
          *(lk_line *)(corner + row * t->line + x * t->across + c) = y[row * 4 + x];
        }
      }
    }
  }
}

// Some panels of packed filters [panels, 3, 3, inputs, CK_PANEL] to points
// [36, panels, inputs, CK_PANEL].
LK_CLONES static void lk_filters_to_points(
  ptrdiff_t panels, ptrdiff_t inputs, ptrdiff_t first, ptrdiff_t end, const float *in,
  float *out) {
  const ptrdiff_t size = inputs * CK_PANEL;
  in += first * 9 * size;
  for (ptrdiff_t panel = first; panel < end; panel++, in += 9 * size) {
    for (ptrdiff_t i = 0; i < size; i += lk_lanes) {
      lk_line g[9], half[18], u[36];
      for (int tap = 0; tap < 9; tap++) g[tap] = *(const lk_line *)(in + tap * size + i);
      for (int x = 0; x < 3; x++) lk_filter_to_points(g + x, 3, half + x, 3);
      for (int row = 0; row < 6; row++) lk_filter_to_points(half + 3 * row, 1, u + 6 * row, 1);
      for (int p = 0; p < lk_points; p++) {
        *(lk_line *)(out + (p * panels + panel) * size + i) = u[p];
      }
    }
  }
}

// Of points [36, inputs, outputs], some inputs to filters [inputs, 3, 3, outputs].
LK_CLONES static void lk_points_to_filters(
  ptrdiff_t inputs, ptrdiff_t outputs, ptrdiff_t first, ptrdiff_t end, const float *in,
  float *out) {
  for (ptrdiff_t i = first; i < end; i++) {
    for (ptrdiff_t o = 0; o < outputs; o += lk_lanes) {
      lk_line u[36], half[18], g[9];
      for (int p = 0; p < lk_points; p++) {
        u[p] = *(const lk_line *)(in + (p * inputs + i) * outputs + o);
      }
      for (int x = 0; x < 6; x++) lk_points_to_filter(u + x, 6, half + x, 6);
      for (int row = 0; row < 3; row++) lk_points_to_filter(half + 6 * row, 1, g + 3 * row, 1);
      for (int tap = 0; tap < 9; tap++) {
        *(lk_line *)(out + (i * 9 + tap) * outputs + o) = g[tap];
      }
    }
  }
}

// Finite numbers, with room for what becomes of them on the way.
LK_CLONES static bool lk_are_tame(ptrdiff_t count, const float *x) {
  uint32_t largest = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    bits &= 0x7fffffff;
    largest = bits > largest ? bits : largest;
  }
  const float limit = 1e12f;
  uint32_t most;
  memcpy(&most, &limit, sizeof most);
  return largest < most;
}
