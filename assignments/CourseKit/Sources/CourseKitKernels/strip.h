// One tile of a product without packing, for one width of vectors, STRIP_BYTES. Included once per
// scalar type and width; STRIP names what belongs to this width.

typedef REAL STRIP(vector) __attribute__((vector_size(STRIP_BYTES), aligned(sizeof(REAL))));

// Stores a vector of sums, or adds it to what stands there; of `rest` numbers if that is fewer.
CK_INLINE void STRIP(put)(STRIP(vector) sum, ptrdiff_t rest, bool add, REAL *out) {
  enum { lanes = sizeof(STRIP(vector)) / sizeof(REAL) };
  if (rest >= lanes) {
    STRIP(vector) *place = (STRIP(vector) *)out;
    *place = add ? *place + sum : sum;
  } else {
    REAL spilled[lanes];
    *(STRIP(vector) *)spilled = sum;
    for (ptrdiff_t j = 0; j < rest; j++) out[j] = add ? out[j] + spilled[j] : spilled[j];
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
  for (int i = 0; i < rows; i++, c += w->c_row) {
    for (int v = 0; v < vectors; v++) {
      STRIP(put)(sum[i][v], columns - v * lanes, w->accumulate, c + v * lanes);
    }
  }
}
