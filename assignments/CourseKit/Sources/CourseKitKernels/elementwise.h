// Element by element, with broadcasting. Included once per scalar type.
#define NAME(base) CK_PASTE(base, , SUFFIX)

#define CK_LOOP(OP)                                                                              \
  if (ls && rs) {                                                                                \
    for (ptrdiff_t i = 0; i < count; i++) out[i] = l[i] OP r[i];                                 \
  } else if (ls) {                                                                               \
    const REAL value = r[0];                                                                     \
    for (ptrdiff_t i = 0; i < count; i++) out[i] = l[i] OP value;                                \
  } else if (rs) {                                                                               \
    const REAL value = l[0];                                                                     \
    for (ptrdiff_t i = 0; i < count; i++) out[i] = value OP r[i];                                \
  } else {                                                                                       \
    const REAL value = l[0] OP r[0];                                                             \
    for (ptrdiff_t i = 0; i < count; i++) out[i] = value;                                        \
  }

static void NAME(combine)(
  ck_operation operation, ptrdiff_t count, const REAL *l, ptrdiff_t ls, const REAL *r,
  ptrdiff_t rs, REAL *out) {
  if (count <= 0) return;
  switch (operation) {
    case ck_add: CK_LOOP(+) break;
    case ck_subtract: CK_LOOP(-) break;
    case ck_multiply: CK_LOOP(*) break;
    case ck_divide: CK_LOOP(/) break;
  }
}

#undef CK_LOOP

static void NAME(broadcast)(
  ck_operation operation, ptrdiff_t rank, const ptrdiff_t *extents, const REAL *l,
  const ptrdiff_t *ls, const REAL *r, const ptrdiff_t *rs, REAL *out) {
  if (rank == 1) {
    NAME(combine)(operation, extents[0], l, ls[0], r, rs[0], out);
    return;
  }
  ptrdiff_t inner = 1;
  for (ptrdiff_t axis = 1; axis < rank; axis++) inner *= extents[axis];
  for (ptrdiff_t i = 0; i < extents[0]; i++) {
    NAME(broadcast)(
      operation, rank - 1, extents + 1, l + i * ls[0], ls + 1, r + i * rs[0], rs + 1,
      out + i * inner);
  }
}

static void NAME(apply)(ck_function function, ptrdiff_t count, const REAL *in, REAL *out) {
  switch (function) {
    case ck_exp:
      for (ptrdiff_t i = 0; i < count; i++) out[i] = EXP(in[i]);
      break;
    case ck_log:
      for (ptrdiff_t i = 0; i < count; i++) out[i] = LOG(in[i]);
      break;
    case ck_sqrt:
      for (ptrdiff_t i = 0; i < count; i++) out[i] = __builtin_elementwise_sqrt(in[i]);
      break;
    case ck_square:
      for (ptrdiff_t i = 0; i < count; i++) out[i] = in[i] * in[i];
      break;
    case ck_negate:
      for (ptrdiff_t i = 0; i < count; i++) out[i] = -in[i];
      break;
  }
}

static void NAME(clamp_below)(ptrdiff_t count, const REAL *in, REAL floor, REAL *out) {
  for (ptrdiff_t i = 0; i < count; i++) out[i] = in[i] < floor ? floor : in[i];
}

static void NAME(transpose)(ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out) {
  // Square blocks keep both sides in the first-level cache.
  enum { block = 16 };
  for (ptrdiff_t i0 = 0; i0 < rows; i0 += block) {
    const ptrdiff_t i1 = i0 + block < rows ? i0 + block : rows;
    for (ptrdiff_t j0 = 0; j0 < columns; j0 += block) {
      const ptrdiff_t j1 = j0 + block < columns ? j0 + block : columns;
      for (ptrdiff_t j = j0; j < j1; j++) {
        for (ptrdiff_t i = i0; i < i1; i++) out[j * rows + i] = in[i * columns + j];
      }
    }
  }
}

#undef NAME
