// The matrix product, in blocks that fit the caches and tiles that fit the registers. Included
// once per scalar type.
//
//   for each block of nc columns of b
//     for each block of kc inner indices: pack that part of b in panels
//       for each block of mc rows of a: pack that part of a in panels
//         for each pair of panels: one tile of c in registers
//
// An element is the sum of blocks of kc products, each added up in order, whatever the tile: this
// is why equal rows and columns give equal bits.
//
// Source: Goto & van de Geijn 2008; Van Zee & van de Geijn 2015 (BLIS).
#define NAME(base) CK_PASTE(base, , SUFFIX)
#define LANES ((ptrdiff_t)(CK_VECTOR_BYTES / sizeof(REAL)))

// The blocks: a panel of b in the first-level cache, a block of a in the second, of b in the third.
#ifndef CK_KC
#define CK_KC 256
#define CK_MC_BYTES (256 * 1024)
#define CK_NC 2048
#endif

// An operand as lanes: the rows of a or the columns of b, whether stored transposed or not. One of
// the two distances is 1.
typedef struct {
  const REAL *data;
  ptrdiff_t between_lanes;
  ptrdiff_t along_lane;
} NAME(lanes);

CK_INLINE NAME(lanes) NAME(part)(NAME(lanes) whole, ptrdiff_t lane, ptrdiff_t depth) {
  whole.data += lane * whole.between_lanes + depth * whole.along_lane;
  return whole;
}

// Packs lanes that are contiguous each; the parts that are whole blocks of 8 x 8, in registers.
// Eight lanes at a time are few enough streams for a processor to follow; each is short, and so the
// next eight are asked for ahead.
CK_INLINE void NAME(pack_long_lanes)(
  NAME(lanes) in, ptrdiff_t count, ptrdiff_t width, ptrdiff_t depth, REAL *out) {
  const ptrdiff_t whole_lanes = count / 8 * 8, whole_depth = depth / 8 * 8;
  for (ptrdiff_t i = 0; i < whole_lanes; i += 8) {
    for (ptrdiff_t p = 0; p < whole_depth; p += 8) {
      const REAL *block = in.data + i * in.between_lanes + p;
      for (ptrdiff_t j = 8; j < 16; j++) __builtin_prefetch(block + j * in.between_lanes);
      NAME(ck_eight) columns[8];
      NAME(ck_transpose_eight)(block, in.between_lanes, columns);
      for (int j = 0; j < 8; j++) *(NAME(ck_eight) *)(out + (p + j) * width + i) = columns[j];
    }
  }
  for (ptrdiff_t p = 0; p < depth; p++) {
    for (ptrdiff_t i = p < whole_depth ? whole_lanes : 0; i < count; i++) {
      out[p * width + i] = in.data[i * in.between_lanes + p];
    }
  }
}

// Packs lanes that lie side by side. A whole panel is copied by the vector: its width is a constant
// wherever this is inlined, and a call for so few numbers takes longer than they do.
CK_INLINE void NAME(pack_side_by_side)(
  NAME(lanes) in, ptrdiff_t count, const ptrdiff_t width, ptrdiff_t depth, REAL *out) {
  for (ptrdiff_t p = 0; p < depth; p++, out += width, in.data += in.along_lane) {
    if (count == width) {
      memcpy(out, in.data, (size_t)width * sizeof(REAL));
    } else {
      memcpy(out, in.data, (size_t)count * sizeof(REAL));
    }
  }
}

// Packs `count` lanes side by side: out[p * width + i] = lane i at p, places past `count` zero.
CK_INLINE void NAME(pack_panel)(
  NAME(lanes) in, ptrdiff_t count, const ptrdiff_t width, ptrdiff_t depth, REAL *out) {
  if (count < width) memset(out, 0, (size_t)(depth * width) * sizeof(REAL));
  if (in.between_lanes == 1) {
    NAME(pack_side_by_side)(in, count, width, depth, out);
  } else {
    NAME(pack_long_lanes)(in, count, width, depth, out);
  }
}

// Packs all lanes in panels of the same width.
CK_INLINE void NAME(pack)(
  NAME(lanes) in, ptrdiff_t count, const ptrdiff_t panel, ptrdiff_t depth, REAL *out) {
  for (ptrdiff_t i = 0; i < count; i += panel) {
    const ptrdiff_t rest = count - i < panel ? count - i : panel;
    NAME(pack_panel)(NAME(part)(in, i, 0), rest, panel, depth, out + i * depth);
  }
}

#define BLOCK_ROWS (CK_MC_BYTES / CK_KC / (ptrdiff_t)sizeof(REAL) / CK_STRIP_ROWS * CK_STRIP_ROWS)
#define BLOCK_COLUMNS (CK_NC / CK_PANEL * CK_PANEL)
#define PADDED(count, panel) (((count) + (panel) - 1) / (panel) * (panel))
#define SMALLER(a, b) ((a) < (b) ? (a) : (b))

static void NAME(multiply_blocks)(
  ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, NAME(lanes) a, NAME(lanes) b, bool accumulate, REAL *c,
  ptrdiff_t ldc, REAL *packed_a, REAL *packed_b) {
  for (ptrdiff_t j = 0; j < n; j += BLOCK_COLUMNS) {
    const ptrdiff_t columns = SMALLER(BLOCK_COLUMNS, n - j);
    for (ptrdiff_t p = 0; p < k; p += CK_KC) {
      const ptrdiff_t depth = SMALLER(CK_KC, k - p);
      NAME(pack)(NAME(part)(b, j, p), columns, CK_PANEL, depth, packed_b);
      for (ptrdiff_t i = 0; i < m; i += BLOCK_ROWS) {
        const ptrdiff_t rows = SMALLER(BLOCK_ROWS, m - i);
        NAME(pack)(NAME(part)(a, i, p), rows, CK_STRIP_ROWS, depth, packed_a);
        const ck_walk walk = {
          .rows = rows, .columns = columns, .runs = 1, .depth = depth,
          .a_row = 1, .a_step = CK_STRIP_ROWS, .b_step = CK_PANEL, .b_panel = CK_PANEL * depth,
          .c_row = ldc, .accumulate = accumulate || p > 0};
        NAME(multiply_panels)(
          &walk, CK_STRIP_ROWS * depth, packed_a, packed_b, c + i * ldc + j);
      }
    }
  }
}

// If the nearest cache holds b, c is walked through along its rows, as it lies: in bands of the
// height of a tile, not in panels of columns.
static void NAME(product_in_bands)(const ck_walk *w, const REAL *a, const REAL *b, REAL *c) {
  const bool is_near = w->depth * w->columns * (ptrdiff_t)sizeof(REAL) <= CK_NEAR_BYTES;
  const ptrdiff_t height = is_near && w->columns > CK_PANEL ? CK_STRIP_ROWS : w->rows;
  ck_walk band = *w;
  for (ptrdiff_t i = 0; i < w->rows; i += height) {
    band.rows = SMALLER(height, w->rows - i);
    NAME(product)(&band, a + i * w->a_row, b, c + i * w->c_row);
  }
}

// CK_FEW rows, or short sums, are done before a copy of b: a and b are read where they lie.
// The sums come in the same blocks, and so in the same bits. What is left of b beside whole vectors
// is copied, since the product reads whole ones.
static void NAME(multiply_in_place)(
  bool transpose_a, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a, ptrdiff_t lda,
  const REAL *b, ptrdiff_t ldb, bool accumulate, const double *rate, REAL *c, ptrdiff_t ldc) {
  REAL last[CK_KC * LANES] __attribute__((aligned(64)));
  const ptrdiff_t whole = n / LANES * LANES;
  for (ptrdiff_t p = 0; p < k; p += CK_KC) {
    const REAL *left = a + p * (transpose_a ? lda : 1), *right = b + p * ldb;
    ck_walk walk = {
      .rows = m, .columns = whole, .runs = 1, .depth = SMALLER(CK_KC, k - p),
      .a_row = transpose_a ? 1 : lda, .a_step = transpose_a ? lda : 1, .b_step = ldb,
      .b_panel = CK_PANEL, .c_row = ldc, .accumulate = accumulate || p > 0,
      .descends = rate != NULL, .rate = rate ? *rate : 0};
    NAME(product_in_bands)(&walk, left, right, c);
    if (whole == n) continue;
    memset(last, 0, (size_t)(walk.depth * LANES) * sizeof(REAL));
    for (ptrdiff_t i = 0; i < walk.depth; i++) {
      for (ptrdiff_t j = whole; j < n; j++) last[i * LANES + j - whole] = right[i * ldb + j];
    }
    walk.columns = n - whole;
    walk.b_step = LANES;
    NAME(product)(&walk, left, last, c + whole);
  }
}

// The same where b is transposed: one panel of b is copied at a time, and so stays in the nearest
// cache.
static void NAME(multiply_by_panels)(
  bool transpose_a, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a, ptrdiff_t lda,
  NAME(lanes) b, bool accumulate, REAL *c, ptrdiff_t ldc) {
  REAL panel[CK_KC * CK_PANEL] __attribute__((aligned(64)));
  for (ptrdiff_t p = 0; p < k; p += CK_KC) {
    ck_walk walk = {
      .rows = m, .runs = 1, .depth = SMALLER(CK_KC, k - p), .a_row = transpose_a ? 1 : lda,
      .a_step = transpose_a ? lda : 1, .b_step = CK_PANEL, .c_row = ldc,
      .accumulate = accumulate || p > 0};
    for (ptrdiff_t j = 0; j < n; j += CK_PANEL) {
      walk.columns = SMALLER(CK_PANEL, n - j);
      NAME(pack_panel)(NAME(part)(b, j, p), walk.columns, CK_PANEL, walk.depth, panel);
      NAME(product)(&walk, a + p * (transpose_a ? lda : 1), panel, c + j);
    }
  }
}

static bool NAME(matmul)(
  bool transpose_a, bool transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a,
  ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, bool accumulate, const double *rate, REAL *c,
  ptrdiff_t ldc) {
  if (m <= 0 || n <= 0) return true;
  if (rate && (transpose_b || k > CK_KC)) return false;
  if (k <= 0) {
    for (ptrdiff_t i = 0; i < m && !accumulate && !rate; i++) {
      memset(c + i * ldc, 0, (size_t)n * sizeof(REAL));
    }
    return true;
  }
  if (!transpose_b && (m <= CK_FEW || k <= CK_FEW || rate)) {
    NAME(multiply_in_place)(transpose_a, m, n, k, a, lda, b, ldb, accumulate, rate, c, ldc);
    return true;
  }
  const NAME(lanes) rows = {a, transpose_a ? 1 : lda, transpose_a ? lda : 1};
  const NAME(lanes) columns = {b, transpose_b ? ldb : 1, transpose_b ? 1 : ldb};
  if (m <= CK_FEW) {
    NAME(multiply_by_panels)(transpose_a, m, n, k, a, lda, columns, accumulate, c, ldc);
    return true;
  }
  const ptrdiff_t depth = SMALLER(k, CK_KC);
  const ptrdiff_t a_size = PADDED(PADDED(SMALLER(m, BLOCK_ROWS), CK_STRIP_ROWS) * depth, 16);
  const ptrdiff_t b_size = PADDED(SMALLER(n, BLOCK_COLUMNS), CK_PANEL) * depth;

  // Small products, of which a lesson has many, need no allocation.
  enum { on_stack = 2048 };
  REAL local[on_stack] __attribute__((aligned(64)));
  REAL *packed = local;
  if (a_size + b_size > on_stack) {
    packed = aligned_alloc(64, ((size_t)(a_size + b_size) * sizeof(REAL) + 63) / 64 * 64);
    if (!packed) return false;
  }
  NAME(multiply_blocks)(m, n, k, rows, columns, accumulate, c, ldc, packed, packed + a_size);
  if (packed != local) free(packed);
  return true;
}

#undef NAME
#undef LANES
#undef PADDED
#undef BLOCK_ROWS
#undef BLOCK_COLUMNS
#undef SMALLER
