// The matrix product, in blocks that fit the caches and tiles that fit the registers. Included
// once per scalar type.
//
//   for each block of kc inner indices                       the order of additions is fixed here
//     for each block of nc columns: pack b                    panels of tile_columns columns
//       for each block of mc rows: pack a                     panels of tile_rows rows
//         for each pair of panels: one tile in registers
//
// Source: Goto & van de Geijn 2008; Van Zee & van de Geijn 2015 (BLIS).
#define NAME(base) CK_PASTE(base, , SUFFIX)
#define LANES ((ptrdiff_t)(CK_VECTOR_BYTES / sizeof(REAL)))
#define TILE_COLUMNS (CK_TILE_VECTORS * LANES)

// Bytes rather than elements decide what fits a cache; kc must not depend on the type of tile or
// on transposition, or equal inputs would give different bits.
#ifndef CK_KC
#define CK_KC 256
#define CK_MC_BYTES (256 * 1024)
#define CK_NC 2040
#endif

typedef REAL NAME(vector) __attribute__((vector_size(CK_VECTOR_BYTES), aligned(sizeof(REAL))));

// One tile of c from one panel of a and one of b. `rows` and `vectors` are constants wherever this
// is inlined, so that the sums live in registers.
CK_INLINE void NAME(tile)(
  const int rows, const int vectors, ptrdiff_t depth, const REAL *a, const REAL *b, bool add,
  REAL *c, ptrdiff_t ldc, ptrdiff_t columns) {
  NAME(vector) sum[CK_TILE_ROWS][CK_TILE_VECTORS];
  for (int i = 0; i < rows; i++) {
    for (int v = 0; v < vectors; v++) sum[i][v] = (NAME(vector)){0};
  }
  for (ptrdiff_t p = 0; p < depth; p++, a += rows, b += vectors * LANES) {
    NAME(vector) right[CK_TILE_VECTORS];
    for (int v = 0; v < vectors; v++) right[v] = *(const NAME(vector) *)(b + v * LANES);
    for (int i = 0; i < rows; i++) {
      const NAME(vector) left = a[i] - (NAME(vector)){0};
      for (int v = 0; v < vectors; v++) sum[i][v] += left * right[v];
    }
  }
  for (int i = 0; i < rows; i++, c += ldc) {
    for (int v = 0; v < vectors; v++) {
      REAL *out = c + v * LANES;
      const ptrdiff_t rest = columns - v * LANES;
      if (rest >= LANES) {
        NAME(vector) *place = (NAME(vector) *)out;
        *place = add ? *place + sum[i][v] : sum[i][v];
      } else {
        REAL spilled[LANES];
        *(NAME(vector) *)spilled = sum[i][v];
        for (ptrdiff_t j = 0; j < rest; j++) out[j] = add ? out[j] + spilled[j] : spilled[j];
      }
    }
  }
}

#define CK_TILE_CASE(R, V)                                                                       \
  case (R) * 8 + (V): NAME(tile)(R, V, depth, a, b, add, c, ldc, columns); break;
#if CK_TILE_VECTORS >= 3
#define CK_TILE_ROW(R) CK_TILE_CASE(R, 1) CK_TILE_CASE(R, 2) CK_TILE_CASE(R, 3)
#else
#define CK_TILE_ROW(R) CK_TILE_CASE(R, 1) CK_TILE_CASE(R, 2)
#endif

static void NAME(any_tile)(
  ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const REAL *a, const REAL *b, bool add,
  REAL *c, ptrdiff_t ldc) {
  const ptrdiff_t vectors = (columns + LANES - 1) / LANES;
  switch (rows * 8 + vectors) {
    CK_TILE_ROW(1)
    CK_TILE_ROW(2)
    CK_TILE_ROW(3)
    CK_TILE_ROW(4)
#if CK_TILE_ROWS > 4
    CK_TILE_ROW(5)
    CK_TILE_ROW(6)
#endif
#if CK_TILE_ROWS > 6
    CK_TILE_ROW(7)
    CK_TILE_ROW(8)
#endif
#if CK_TILE_ROWS > 8
    CK_TILE_ROW(9)
    CK_TILE_ROW(10)
    CK_TILE_ROW(11)
    CK_TILE_ROW(12)
#endif
#if CK_TILE_ROWS > 12
    CK_TILE_ROW(13)
    CK_TILE_ROW(14)
#endif
  }
}

#undef CK_TILE_ROW
#undef CK_TILE_CASE

// Packs `lanes` rows of a (or columns of b): out[p * width + i] = in[i * step + p * stride], the
// places from `lanes` to `width` zero. One of `step` and `stride` is 1.
CK_INLINE void NAME(pack_panel)(
  ptrdiff_t lanes, ptrdiff_t width, ptrdiff_t depth, const REAL *in, ptrdiff_t step,
  ptrdiff_t stride, REAL *out) {
  if (lanes < width) memset(out, 0, (size_t)(depth * width) * sizeof(REAL));
  if (step == 1) {
    for (ptrdiff_t p = 0; p < depth; p++) {
      for (ptrdiff_t i = 0; i < lanes; i++) out[p * width + i] = in[p * stride + i];
    }
  } else if (lanes == width) {
    for (ptrdiff_t p = 0; p < depth; p++) {
      for (ptrdiff_t i = 0; i < width; i++) out[p * width + i] = in[i * step + p];
    }
  } else {
    for (ptrdiff_t p = 0; p < depth; p++) {
      for (ptrdiff_t i = 0; i < lanes; i++) out[p * width + i] = in[i * step + p];
    }
  }
}

// Packs all panels: of a, `count` rows in panels of `panel`; of b, columns.
CK_INLINE void NAME(pack)(
  ptrdiff_t count, const ptrdiff_t panel, const ptrdiff_t granule, ptrdiff_t depth, const REAL *in,
  ptrdiff_t step, ptrdiff_t stride, REAL *out) {
  ptrdiff_t i = 0;
  for (; i + panel <= count; i += panel) {
    NAME(pack_panel)(panel, panel, depth, in + i * step, step, stride, out + i * depth);
  }
  if (i < count) {
    const ptrdiff_t width = (count - i + granule - 1) / granule * granule;
    NAME(pack_panel)(count - i, width, depth, in + i * step, step, stride, out + i * depth);
  }
}

static void NAME(multiply_packed)(
  ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth, const REAL *a, const REAL *b, bool add, REAL *c,
  ptrdiff_t ldc) {
  for (ptrdiff_t j = 0; j < n; j += TILE_COLUMNS) {
    const ptrdiff_t columns = n - j < TILE_COLUMNS ? n - j : TILE_COLUMNS;
    for (ptrdiff_t i = 0; i < m; i += CK_TILE_ROWS) {
      const ptrdiff_t rows = m - i < CK_TILE_ROWS ? m - i : CK_TILE_ROWS;
      NAME(any_tile)(
        rows, columns, depth, a + i * depth, b + j * depth, add, c + i * ldc + j, ldc);
    }
  }
}

static ptrdiff_t NAME(smaller)(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

static bool NAME(matmul)(
  bool transpose_a, bool transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a,
  ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, bool accumulate, REAL *c, ptrdiff_t ldc) {
  if (m <= 0 || n <= 0) return true;
  if (k <= 0) {
    for (ptrdiff_t i = 0; i < m && !accumulate; i++) {
      memset(c + i * ldc, 0, (size_t)n * sizeof(REAL));
    }
    return true;
  }
  const ptrdiff_t mc = CK_MC_BYTES / CK_KC / (ptrdiff_t)sizeof(REAL) / CK_TILE_ROWS * CK_TILE_ROWS;
  const ptrdiff_t nc = CK_NC / TILE_COLUMNS * TILE_COLUMNS;
  const ptrdiff_t depth_max = NAME(smaller)(k, CK_KC);
  const ptrdiff_t a_size = (NAME(smaller)(m, mc) * depth_max + 15) / 16 * 16;
  const ptrdiff_t b_size = (NAME(smaller)(n, nc) + LANES) * depth_max;

  // Small products, of which a lesson has many, need no allocation.
  enum { on_stack = 2048 };
  REAL local[on_stack] __attribute__((aligned(64)));
  REAL *packed_a = local;
  if (a_size + b_size > on_stack) {
    const size_t bytes = ((size_t)(a_size + b_size) * sizeof(REAL) + 63) / 64 * 64;
    packed_a = aligned_alloc(64, bytes);
    if (!packed_a) return false;
  }
  REAL *packed_b = packed_a + a_size;

  for (ptrdiff_t j = 0; j < n; j += nc) {
    const ptrdiff_t columns = NAME(smaller)(nc, n - j);
    for (ptrdiff_t p = 0; p < k; p += CK_KC) {
      const ptrdiff_t depth = NAME(smaller)(CK_KC, k - p);
      if (transpose_b) {
        NAME(pack)(columns, TILE_COLUMNS, LANES, depth, b + j * ldb + p, ldb, 1, packed_b);
      } else {
        NAME(pack)(columns, TILE_COLUMNS, LANES, depth, b + p * ldb + j, 1, ldb, packed_b);
      }
      for (ptrdiff_t i = 0; i < m; i += mc) {
        const ptrdiff_t rows = NAME(smaller)(mc, m - i);
        if (transpose_a) {
          NAME(pack)(rows, CK_TILE_ROWS, 1, depth, a + p * lda + i, 1, lda, packed_a);
        } else {
          NAME(pack)(rows, CK_TILE_ROWS, 1, depth, a + i * lda + p, lda, 1, packed_a);
        }
        NAME(multiply_packed)(
          rows, columns, depth, packed_a, packed_b, accumulate || p > 0, c + i * ldc + j, ldc);
      }
    }
  }
  if (packed_a != local) free(packed_a);
  return true;
}

#undef NAME
#undef LANES
#undef TILE_COLUMNS
