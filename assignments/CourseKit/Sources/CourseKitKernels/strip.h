// One tile of a product without packing, for one width of vectors, STRIP_BYTES. Included once per
// scalar type and width; STRIP names what belongs to this width.

typedef REAL STRIP(vector) __attribute__((vector_size(STRIP_BYTES), aligned(sizeof(REAL))));

#define CK_FOR_EACH(PUT)                                                                         \
  _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++) {                            \
    STRIP(vector) *place = (STRIP(vector) *)(out + i * row);                                     \
    _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++) { PUT; }                \
  }

// Puts a whole tile of sums where it belongs, from the registers: every loop is unrolled.
CK_INLINE void STRIP(put)(
  const int rows, const int vectors, const ck_walk *w, STRIP(vector) (*sum)[2], REAL *out) {
#pragma clang fp contract(off)
  const ptrdiff_t row = w->c_row;
  if (w->descends) {
    const REAL rate = (REAL)w->rate;
    CK_FOR_EACH(place[v] = place[v] - rate * sum[i][v])
  } else if (w->accumulate) {
    CK_FOR_EACH(place[v] = place[v] + sum[i][v])
  } else {
    CK_FOR_EACH(place[v] = sum[i][v])
  }
}

// One tile of c. `rows`, `vectors` and `adjacent` are constants wherever this is inlined; with
// `adjacent`, the rows of a are known to lie side by side.
CK_INLINE void STRIP(strip)(
  const int rows, const int vectors, const bool adjacent, const ck_walk *w, const REAL *a,
  const REAL *b, REAL *c, ptrdiff_t columns) {
  enum { lanes = sizeof(STRIP(vector)) / sizeof(REAL) };
  STRIP(vector) sum[CK_THIN_ROWS][2];
  for (int i = 0; i < rows; i++) {
    for (int v = 0; v < vectors; v++) sum[i][v] = (STRIP(vector)){0};
  }
  const ptrdiff_t row = adjacent ? 1 : w->a_row, step = adjacent || !CK_ALL_CASES ? w->a_step : 1;
  for (ptrdiff_t run = 0; run < w->runs; run++) {
    const REAL *left = a + run * w->a_run, *right = b + run * w->b_run;
    for (ptrdiff_t p = 0; p < w->depth; p++, left += step, right += w->b_step) {
      STRIP(vector) line[2];
      for (int v = 0; v < vectors; v++) line[v] = *(const STRIP(vector) *)(right + v * lanes);
      for (int i = 0; i < rows; i++) {
        const STRIP(vector) one = left[i * row] - (STRIP(vector)){0};
        for (int v = 0; v < vectors; v++) sum[i][v] += one * line[v];
      }
    }
  }
  if (columns == vectors * lanes) {
    STRIP(put)(rows, vectors, w, sum, c);
    return;
  }
  REAL tile[CK_THIN_ROWS * 2 * lanes];
  const ck_walk spill = {.c_row = vectors * lanes};
  STRIP(put)(rows, vectors, &spill, sum, tile);
  NAME(put_part)(w, rows, columns, tile, vectors * lanes, c);
}

#undef CK_FOR_EACH
