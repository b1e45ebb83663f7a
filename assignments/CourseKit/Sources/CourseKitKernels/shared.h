// The kernels whose work threads share: each thread does a part of the rows, columns or elements,
// none of which depends on another. Included once per scalar type.
#define NAME(base) CK_PASTE(base, , SUFFIX)
#define KERNEL(base) table()->SUFFIX.base

// Below so many elements, or products of two numbers, to share them takes longer than it saves; for
// each number that may come from another processor's cache there must be some products more.
enum {
  NAME(least_elements) = 64 * 1024,
  NAME(least_products) = 768 * 1024,
  NAME(products_per_number) = 8
};

typedef struct {
  bool transpose_a, transpose_b, by_rows, accumulate;
  ptrdiff_t m, n, k, lda, ldb, ldc, unit;
  const REAL *a, *b;
  const double *rate;
  REAL *c;
  _Atomic bool failed;
} NAME(matmul_job);

static void NAME(matmul_part)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  NAME(matmul_job) *j = context;
  ptrdiff_t i = 0, m = j->m, column = 0, n = j->n;
  const ptrdiff_t from = first * j->unit, whole = j->by_rows ? m : n;
  const ptrdiff_t count = end * j->unit < whole ? (end - first) * j->unit : whole - from;
  if (j->by_rows) {
    i = from;
    m = count;
  } else {
    column = from;
    n = count;
  }
  const bool done = KERNEL(matmul)(
    j->transpose_a, j->transpose_b, m, n, j->k, j->a + i * (j->transpose_a ? 1 : j->lda), j->lda,
    j->b + column * (j->transpose_b ? j->ldb : 1), j->ldb, j->accumulate,
    j->rate, j->c + i * j->ldc + column, j->ldc);
  if (!done) atomic_store(&j->failed, true);
}

// What is packed anew by every part is the smaller operand, as the longer side of c is cut. Where
// nothing is packed, columns are: in forward and backward passes alike they belong to the same
// columns of the weights, which so stay in the cache of one processor.
static bool NAME(multiply)(
  bool transpose_a, bool transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a,
  ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, bool accumulate, const double *rate, REAL *c,
  ptrdiff_t ldc) {
  const ptrdiff_t threads = ck_threads();
  const ptrdiff_t numbers = m * k + k * n + m * n;
  const bool is_shared = threads > 1 && m > 0 && n > 0 &&
    m * n * (k + 1) >= NAME(least_products) + NAME(products_per_number) * numbers;
  atomic_store_explicit(&products_are_shared, is_shared, memory_order_relaxed);
  if (!is_shared) {
    return KERNEL(matmul)(
      transpose_a, transpose_b, m, n, k, a, lda, b, ldb, accumulate, rate, c, ldc);
  }
  const bool packs = transpose_b || (m > CK_FEW && k > CK_FEW && !rate);
  const bool by_rows = m > n && (packs || n < 4 * threads * CK_PANEL);
  // A part is a number of whole tiles, and two parts a thread if every part packs anew.
  const ptrdiff_t unit = by_rows ? 28 : CK_PANEL, units = ((by_rows ? m : n) + unit - 1) / unit;
  const ptrdiff_t grain = packs ? (units + 2 * threads - 1) / (2 * threads) : 1;
  NAME(matmul_job) job = {
    transpose_a, transpose_b, by_rows, accumulate, m, n, k, lda, ldb, ldc, unit, a, b, rate, c,
    false};
  ck_share(units, grain, NAME(matmul_part), &job);
  return !job.failed;
}

bool NAME(ck_matmul)(
  bool transpose_a, bool transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a,
  ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, bool accumulate, REAL *c, ptrdiff_t ldc) {
  return NAME(multiply)(
    transpose_a, transpose_b, m, n, k, a, lda, b, ldb, accumulate, NULL, c, ldc);
}

bool NAME(ck_descend)(
  ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a, const REAL *b, REAL rate, REAL *c) {
  const double factor = (double)rate;
  return NAME(multiply)(true, false, m, n, k, a, m, b, n, false, &factor, c, n);
}

void NAME(ck_product)(const ck_walk *walk, const REAL *a, const REAL *b, REAL *c) {
  KERNEL(product)(walk, a, b, c);
}

typedef struct {
  ck_operation operation;
  ptrdiff_t rank, inner, ls, rs;
  const ptrdiff_t *extents, *left_strides, *right_strides;
  const REAL *left, *right;
  REAL *out;
} NAME(combine_job);

static void NAME(combine_part)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(combine_job) *j = context;
  KERNEL(combine)(
    j->operation, end - first, j->left + first * j->ls, j->ls, j->right + first * j->rs, j->rs,
    j->out + first);
}

void NAME(ck_combine)(
  ck_operation operation, ptrdiff_t count, const REAL *left, ptrdiff_t left_stride,
  const REAL *right, ptrdiff_t right_stride, REAL *out) {
  NAME(combine_job) job = {
    .operation = operation, .ls = left_stride, .rs = right_stride, .left = left, .right = right,
    .out = out};
  ck_share(count, NAME(least_elements), NAME(combine_part), &job);
}

static void NAME(broadcast_part)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(combine_job) *j = context;
  for (ptrdiff_t i = first; i < end; i++) {
    KERNEL(broadcast)(
      j->operation, j->rank - 1, j->extents + 1, j->left + i * j->left_strides[0],
      j->left_strides + 1, j->right + i * j->right_strides[0], j->right_strides + 1,
      j->out + i * j->inner);
  }
}

void NAME(ck_broadcast)(
  ck_operation operation, ptrdiff_t rank, const ptrdiff_t *extents, const REAL *left,
  const ptrdiff_t *left_strides, const REAL *right, const ptrdiff_t *right_strides, REAL *out) {
  if (rank == 1) {
    NAME(ck_combine)(
      operation, extents[0], left, left_strides[0], right, right_strides[0], out);
    return;
  }
  ptrdiff_t inner = 1;
  for (ptrdiff_t axis = 1; axis < rank; axis++) inner *= extents[axis];
  if (extents[0] * inner <= NAME(least_elements)) {
    KERNEL(broadcast)(operation, rank, extents, left, left_strides, right, right_strides, out);
    return;
  }
  NAME(combine_job) job = {
    operation, rank, inner, 0, 0, extents, left_strides, right_strides, left, right, out};
  ck_share(extents[0], 1 + NAME(least_elements) / (inner + 1), NAME(broadcast_part), &job);
}

typedef struct {
  ptrdiff_t length, inner;
  const REAL *in;
  REAL *out;
} NAME(sum_job);

static void NAME(sum_part)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(sum_job) *j = context;
  KERNEL(sum)(
    end - first, j->length, j->inner, j->in + first * j->length * j->inner,
    j->out + first * j->inner);
}

void NAME(ck_sum)(
  ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, REAL *out) {
  NAME(sum_job) job = {length, inner, in, out};
  ck_share(outer, 1 + NAME(least_elements) / (length * inner + 1), NAME(sum_part), &job);
}

typedef struct {
  ck_function function;
  REAL floor;
  const REAL *in;
  REAL *out;
} NAME(apply_job);

static void NAME(apply_part)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(apply_job) *j = context;
  KERNEL(apply)(j->function, end - first, j->in + first, j->out + first);
}

static void NAME(clamp_part)(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(apply_job) *j = context;
  KERNEL(clamp_below)(end - first, j->in + first, j->floor, j->out + first);
}

void NAME(ck_apply)(ck_function function, ptrdiff_t count, const REAL *in, REAL *out) {
  NAME(apply_job) job = {function, 0, in, out};
  ck_share(count, NAME(least_elements), NAME(apply_part), &job);
}

void NAME(ck_clamp_below)(ptrdiff_t count, const REAL *in, REAL floor, REAL *out) {
  NAME(apply_job) job = {ck_negate, floor, in, out};
  ck_share(count, NAME(least_elements), NAME(clamp_part), &job);
}

#undef NAME
#undef KERNEL
