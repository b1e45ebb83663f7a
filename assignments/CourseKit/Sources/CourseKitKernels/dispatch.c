// Chooses an instruction set on first use and forwards to its kernels.
#include <stdatomic.h>

#include "table.h"

#if defined(__x86_64__)
#include <cpuid.h>

// Asks the processor itself: the compiler's own helper would add a run-time library to link.
static ck_instruction_set strongest(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return ck_portable;
  const bool fma = c & (1u << 12), saves_registers = c & (1u << 27), avx = c & (1u << 28);
  if (!fma || !saves_registers || !avx) return ck_portable;
  unsigned enabled, high;
  __asm__("xgetbv" : "=a"(enabled), "=d"(high) : "c"(0));
  if ((enabled & 0x06) != 0x06) return ck_portable;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & (1u << 5))) return ck_portable;
  const unsigned f = 1u << 16, dq = 1u << 17, bw = 1u << 30, vl = 1u << 31;
  const unsigned needed = f | dq | bw | vl;
  return (b & needed) == needed && (enabled & 0xe6) == 0xe6 ? ck_avx512 : ck_avx2;
}

static const ck_table *table_of(ck_instruction_set set) {
  switch (set) {
    case ck_avx512: return &ck_table_avx512;
    case ck_avx2: return &ck_table_avx2;
    case ck_portable: return &ck_table_portable;
  }
}
#else
static ck_instruction_set strongest(void) { return ck_portable; }
static const ck_table *table_of(ck_instruction_set set) {
  (void)set;
  return &ck_table_portable;
}
#endif

static _Atomic(const ck_table *) chosen;
static _Atomic(ck_instruction_set) limit = ck_avx512;

ck_instruction_set ck_instructions(void) {
  const ck_instruction_set best = strongest(), allowed = atomic_load(&limit);
  return best < allowed ? best : allowed;
}

void ck_limit_instructions(ck_instruction_set new_limit) {
  atomic_store(&limit, new_limit);
  atomic_store(&chosen, table_of(ck_instructions()));
}

// Two threads that race here find the same table.
static const ck_table *table(void) {
  const ck_table *known = atomic_load_explicit(&chosen, memory_order_acquire);
  if (known) return known;
  known = table_of(ck_instructions());
  atomic_store_explicit(&chosen, known, memory_order_release);
  return known;
}

#define CK_FORWARD(REAL, SUFFIX)                                                                 \
  bool ck_matmul_##SUFFIX(                                                                       \
    bool transpose_a, bool transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a,    \
    ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, bool accumulate, REAL *c, ptrdiff_t ldc) {      \
    return table()->SUFFIX.matmul(                                                               \
      transpose_a, transpose_b, m, n, k, a, lda, b, ldb, accumulate, c, ldc);                    \
  }                                                                                              \
  void ck_product_##SUFFIX(const ck_walk *walk, const REAL *a, const REAL *b, REAL *c) {         \
    table()->SUFFIX.product(walk, a, b, c);                                                      \
  }                                                                                              \
  void ck_combine_##SUFFIX(                                                                      \
    ck_operation operation, ptrdiff_t count, const REAL *left, ptrdiff_t left_stride,            \
    const REAL *right, ptrdiff_t right_stride, REAL *out) {                                      \
    table()->SUFFIX.combine(operation, count, left, left_stride, right, right_stride, out);      \
  }                                                                                              \
  void ck_broadcast_##SUFFIX(                                                                    \
    ck_operation operation, ptrdiff_t rank, const ptrdiff_t *extents, const REAL *left,          \
    const ptrdiff_t *left_strides, const REAL *right, const ptrdiff_t *right_strides,            \
    REAL *out) {                                                                                 \
    table()->SUFFIX.broadcast(                                                                   \
      operation, rank, extents, left, left_strides, right, right_strides, out);                  \
  }                                                                                              \
  void ck_apply_##SUFFIX(ck_function function, ptrdiff_t count, const REAL *in, REAL *out) {     \
    table()->SUFFIX.apply(function, count, in, out);                                             \
  }                                                                                              \
  void ck_clamp_below_##SUFFIX(ptrdiff_t count, const REAL *in, REAL floor, REAL *out) {         \
    table()->SUFFIX.clamp_below(count, in, floor, out);                                          \
  }                                                                                              \
  void ck_sum_##SUFFIX(                                                                          \
    ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, REAL *out) {             \
    table()->SUFFIX.sum(outer, length, inner, in, out);                                          \
  }                                                                                              \
  void ck_max_##SUFFIX(                                                                          \
    ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, REAL *out) {             \
    table()->SUFFIX.max(outer, length, inner, in, out);                                          \
  }                                                                                              \
  void ck_argmax_##SUFFIX(                                                                       \
    ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, ptrdiff_t *out) {        \
    table()->SUFFIX.argmax(outer, length, inner, in, out);                                       \
  }                                                                                              \
  void ck_transpose_##SUFFIX(                                                                    \
    ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out) {                              \
    table()->SUFFIX.transpose(rows, columns, in, out);                                           \
  }

CK_FORWARD(float, f32)
CK_FORWARD(double, f64)
