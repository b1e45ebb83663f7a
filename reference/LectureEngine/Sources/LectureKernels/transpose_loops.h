// Transposing, by blocks of 8 x 8. Included once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)

// out[j * rows + i] = in[i * in_row + j] of fewer than 8 rows, as many of the columns as it
// returns: a column is stored with 8 numbers, and the next one over those that are too many.
LK_INLINE ptrdiff_t NAME(transpose_few)(
  ptrdiff_t rows, ptrdiff_t columns, const REAL *in, ptrdiff_t in_row, REAL *out) {
  if (rows == 1) memcpy(out, in, (size_t)columns * sizeof(REAL));
  if (rows <= 1) return columns;
  const ptrdiff_t end = (columns - (8 - 1) / rows) / 8 * 8;
  REAL some[8 * 8] = {0};
  for (ptrdiff_t j = 0; j < end; j += 8) {
    for (ptrdiff_t i = 0; i < rows; i++) {
      *(NAME(ck_eight) *)(some + i * 8) = *(const NAME(ck_eight) *)(in + i * in_row + j);
    }
    NAME(ck_eight) block[8];
    NAME(ck_transpose_eight)(some, 8, block);
    for (int p = 0; p < 8; p++) *(NAME(ck_eight) *)(out + (j + p) * rows) = block[p];
  }
  return lk_larger(end, 0);
}

// out[j * out_row + i * step] = in[i * in_row + j], and offsets[j] more if there are any. With
// `overreads`, rows of `in` can be read up to the next multiple of 8 columns.
LK_INLINE void NAME(transpose_any)(
  ptrdiff_t rows, ptrdiff_t columns, const bool overreads, const REAL *in, ptrdiff_t in_row,
  const REAL *offsets, REAL *out, ptrdiff_t out_row, ptrdiff_t step) {
  const ptrdiff_t whole_rows = step == 1 ? rows / 8 * 8 : 0;
  const ptrdiff_t done = rows < 8 && out_row == rows && step == 1 && !offsets
    ? NAME(transpose_few)(rows, columns, in, in_row, out)
    : 0;
  const ptrdiff_t whole_columns = overreads ? columns : columns / 8 * 8;
  for (ptrdiff_t j = 0; j < whole_columns; j += 8) {
    const ptrdiff_t keep = overreads ? columns - j : 8;
    for (ptrdiff_t i = 0; i < whole_rows; i += 8) {
      NAME(ck_eight) block[8];
      NAME(ck_transpose_eight)(in + i * in_row + j, in_row, block);
      REAL *place = out + j * out_row + i;
      for (int p = 0; p < 8; p++, place += out_row) {
        if (p < keep) {
          *(NAME(ck_eight) *)place = offsets ? block[p] + offsets[j + p] : block[p];
        }
      }
    }
  }
  for (ptrdiff_t j = done; j < columns; j++) {
    const REAL offset = offsets ? offsets[j] : 0;
    // Vectorized, this would gather or scatter, which takes longer than one number at a time.
#pragma clang loop vectorize(disable)
    for (ptrdiff_t i = j < whole_columns ? whole_rows : 0; i < rows; i++) {
      const REAL value = in[i * in_row + j];
      out[j * out_row + i * step] = offsets ? value + offset : value;
    }
  }
}

LK_CLONES static void NAME(transpose)(
  ptrdiff_t rows, ptrdiff_t columns, const REAL *in, ptrdiff_t in_row, REAL *out,
  ptrdiff_t out_row) {
  NAME(transpose_any)(rows, columns, false, in, in_row, NULL, out, out_row, 1);
}

// The same where rows of `in` can be read up to the next multiple of 8 columns.
LK_CLONES static void NAME(transpose_within)(
  ptrdiff_t rows, ptrdiff_t columns, const REAL *in, ptrdiff_t in_row, REAL *out,
  ptrdiff_t out_row) {
  NAME(transpose_any)(rows, columns, true, in, in_row, NULL, out, out_row, 1);
}

#undef NAME
