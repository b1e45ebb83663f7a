// The product of operands that are read where they lie. Included once per scalar type.
//
// Nothing is packed here: whoever calls has laid b in panels of CK_PANEL columns, or has rows that
// are contiguous anyway. An element is summed run by run, each in order, whatever the tile.
#define NAME(base) CK_PASTE(base, , SUFFIX)
#define LANES ((ptrdiff_t)(CK_VECTOR_BYTES / sizeof(REAL)))
#define STRIP_COLUMNS (2 * LANES)

// Puts a part of a tile of sums where it belongs; rows of the tile are `row` apart.
static void NAME(put_part)(
  const ck_walk *w, ptrdiff_t rows, ptrdiff_t columns, const REAL *tile, ptrdiff_t row, REAL *c) {
#pragma clang fp contract(off)
  const REAL rate = (REAL)w->rate;
  for (ptrdiff_t i = 0; i < rows; i++, tile += row, c += w->c_row) {
    for (ptrdiff_t j = 0; j < columns; j++) {
      c[j] = w->descends ? c[j] - rate * tile[j] : w->accumulate ? c[j] + tile[j] : tile[j];
    }
  }
}

#define STRIP(base) CK_PASTE(whole_, base, SUFFIX)
#define STRIP_BYTES CK_VECTOR_BYTES
#include "strip.h"
#undef STRIP
#undef STRIP_BYTES

// The longest vectors would stay more than half empty where there are few columns.
#define CK_HAS_HALVES (CK_VECTOR_BYTES > 32)
#if CK_HAS_HALVES
#define STRIP(base) CK_PASTE(half_, base, SUFFIX)
#define STRIP_BYTES (CK_VECTOR_BYTES / 2)
#include "strip.h"
#undef STRIP
#undef STRIP_BYTES
#endif

// The cases of one number of rows: half a vector, one or two; rows apart or side by side, of which
// compilers make less where only single precision has to be fast.
#define CK_CASE_(KIND, R, V, CODE, ADJACENT)                                                     \
  case (R) * 8 + (CODE) * 2 + ADJACENT:                                                          \
    NAME(KIND##_strip)(R, V, ADJACENT, w, a, b, c, columns);                                     \
    break;
#if CK_ALL_CASES
#define CK_CASE(KIND, R, V, CODE) CK_CASE_(KIND, R, V, CODE, 0) CK_CASE_(KIND, R, V, CODE, 1)
#else
#define CK_CASE(KIND, R, V, CODE) CK_CASE_(KIND, R, V, CODE, 0)
#endif
#if CK_HAS_HALVES
#define CK_THIN_CASE(R) CK_CASE(half, R, 1, 0) CK_CASE(whole, R, 1, 1)
#else
#define CK_THIN_CASE(R) CK_CASE(whole, R, 1, 1)
#endif
#define CK_STRIP_CASES(R) CK_THIN_CASE(R) CK_CASE(whole, R, 2, 2)

static void NAME(any_strip)(
  const ck_walk *w, ptrdiff_t rows, const REAL *a, const REAL *b, REAL *c, ptrdiff_t columns) {
  const ptrdiff_t vectors = (columns + LANES - 1) / LANES;
  const ptrdiff_t adjacent = CK_ALL_CASES && w->a_row == 1;
  const ptrdiff_t code = CK_HAS_HALVES && columns * 2 <= LANES ? 0 : vectors;
  switch (rows * 8 + code * 2 + adjacent) {
    CK_STRIP_CASES(1)
    CK_STRIP_CASES(2)
    CK_STRIP_CASES(3)
    CK_STRIP_CASES(4)
#if CK_STRIP_ROWS > 4
    CK_STRIP_CASES(5)
    CK_STRIP_CASES(6)
#else
    CK_THIN_CASE(5)
    CK_THIN_CASE(6)
#endif
#if CK_STRIP_ROWS > 6
    CK_STRIP_CASES(7)
    CK_STRIP_CASES(8)
#else
    CK_THIN_CASE(7)
    CK_THIN_CASE(8)
#endif
#if CK_STRIP_ROWS > 8
    CK_STRIP_CASES(9)
    CK_STRIP_CASES(10)
    CK_STRIP_CASES(11)
    CK_STRIP_CASES(12)
    CK_STRIP_CASES(13)
    CK_STRIP_CASES(14)
#elif CK_THIN_ROWS > 8
    CK_THIN_CASE(9)
    CK_THIN_CASE(10)
#endif
  }
}

#undef CK_THIN_CASE
#undef CK_CASE
#undef CK_CASE_
#undef CK_HAS_HALVES
#undef CK_STRIP_CASES

// Asks for a tile of c before its sums are made: where operands are packed, c is large and far off.
CK_INLINE void NAME(fetch_tile)(
  ptrdiff_t rows, ptrdiff_t columns, const REAL *tile, ptrdiff_t row) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    for (ptrdiff_t j = 0; j < columns; j += LANES) __builtin_prefetch(tile + i * row + j, 1);
  }
}

// With `a_panel`, the rows of a come in panels too, as high as a tile.
static void NAME(multiply_panels)(
  const ck_walk *w, ptrdiff_t a_panel, const REAL *a, const REAL *b, REAL *c) {
  for (ptrdiff_t first = 0; first < w->columns; first += CK_PANEL, b += w->b_panel) {
    const ptrdiff_t end = w->columns - first < CK_PANEL ? w->columns - first : CK_PANEL;
    for (ptrdiff_t j = 0; j < end; j += STRIP_COLUMNS) {
      const ptrdiff_t columns = end - j < STRIP_COLUMNS ? end - j : STRIP_COLUMNS;
      const bool is_thin = columns <= LANES && !a_panel;
      const ptrdiff_t at_once = is_thin ? CK_THIN_ROWS : CK_STRIP_ROWS;
      for (ptrdiff_t i = 0; i < w->rows; i += at_once) {
        const ptrdiff_t rows = w->rows - i < at_once ? w->rows - i : at_once;
        const REAL *left = a + (a_panel ? i / at_once * a_panel : i * w->a_row);
        REAL *tile = c + i * w->c_row + first + j;
        if (a_panel) NAME(fetch_tile)(rows, columns, tile, w->c_row);
        NAME(any_strip)(w, rows, left, b + j, tile, columns);
      }
    }
  }
}

static void NAME(product)(const ck_walk *w, const REAL *a, const REAL *b, REAL *c) {
  NAME(multiply_panels)(w, 0, a, b, c);
}

#undef NAME
#undef LANES
#undef STRIP_COLUMNS
