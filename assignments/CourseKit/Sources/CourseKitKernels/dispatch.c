// Chooses an instruction set on first use and forwards to its kernels.
#include <stdatomic.h>

#include "common.h"

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

static _Thread_local ptrdiff_t noted_calls;

void ck_note_call(void) { noted_calls++; }

ptrdiff_t ck_noted_calls(void) { return noted_calls; }

static _Atomic bool products_are_shared;

bool ck_products_are_shared(void) {
  return atomic_load_explicit(&products_are_shared, memory_order_relaxed);
}

#define REAL float
#define SUFFIX f32
#include "shared.h"
#undef REAL
#undef SUFFIX

#define REAL double
#define SUFFIX f64
#include "shared.h"
#undef REAL
#undef SUFFIX

#define CK_FORWARD(REAL, SUFFIX)                                                                 \
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
