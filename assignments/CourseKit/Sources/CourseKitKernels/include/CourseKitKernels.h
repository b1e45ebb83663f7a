// The arithmetic of CourseKit, compiled for several instruction sets and chosen at run time.
//
// Matrices are row-major; a leading dimension (lda, ldb, ldc) is the distance between two rows.
// Every function comes for float (_f32) and double (_f64). None allocates what it returns, none
// keeps state between calls; large work is shared by the threads of CourseKitThreads.h, if there
// are any.
#ifndef COURSEKIT_KERNELS_H
#define COURSEKIT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "CourseKitBlocks.h"
#include "CourseKitThreads.h"

typedef enum __attribute__((enum_extensibility(closed))) {
  ck_add,
  ck_subtract,
  ck_multiply,
  ck_divide,
} ck_operation;

typedef enum __attribute__((enum_extensibility(closed))) {
  ck_exp,
  ck_log,
  ck_sqrt,
  ck_square,
  ck_negate,
} ck_function;

// The instruction sets, weakest first.
typedef enum __attribute__((enum_extensibility(closed))) {
  ck_portable,
  ck_avx2,
  ck_avx512,
} ck_instruction_set;

// The instruction set in use: the strongest that the machine has and the limit allows.
ck_instruction_set ck_instructions(void);

// Allows nothing stronger than `limit` from now on, in the whole process. For tests.
void ck_limit_instructions(ck_instruction_set limit);

// The width of a panel of `b` in ck_product, in numbers.
enum { CK_PANEL = 32 };

// How ck_product walks over its operands; distances are in numbers. The inner index runs over
// `runs` parts of `depth` each: a[i * a_row + run * a_run + p * a_step] meets
// b[run * b_run + p * b_step + j]. One of a_row and a_step is 1. Columns of b and c come in panels
// of CK_PANEL; b_panel lies between two panels of b, those of c are side by side. A sum becomes c,
// is added to it (`accumulate`), or is a gradient: c -= rate sum (`descends`), the product rounded
// first.
typedef struct {
  ptrdiff_t rows, columns, runs, depth;
  ptrdiff_t a_row, a_run, a_step;
  ptrdiff_t b_run, b_step, b_panel;
  ptrdiff_t c_row;
  bool accumulate, descends;
  double rate;
} ck_walk;

// Notes that Swift calls a kernel; and how often this thread did, by which tests hold a layer to
// few calls.
void ck_note_call(void);
ptrdiff_t ck_noted_calls(void);

// Whether threads shared the latest ck_matmul: then they have its columns in their caches.
bool ck_products_are_shared(void);

// The name of a function in Swift, with labels: a static function of ck_f32 or ck_f64.
#define CK_NAME(SUFFIX, LABELS) __attribute__((swift_name("ck_" #SUFFIX "." LABELS)))

// One operand of a broadcast: one stride per axis, in elements; 0 repeats along that axis. The
// stride of the last axis is 0 or 1.
#pragma clang assume_nonnull begin
#define CK_DECLARE(REAL, SUFFIX)                                                                 \
  /* Holds the functions in Swift, and nothing else. */                                          \
  typedef struct {                                                                               \
    char unused;                                                                                 \
  } ck_##SUFFIX;                                                                                 \
                                                                                                 \
  /* c = a b, or c += a b if `accumulate`; a is m x k and b is k x n after transposing those that \
     are flagged. An element's value depends on its row of a and column of b only, not on m, n,   \
     its place or which operand was transposed. Returns false if memory ran out. */              \
  bool ck_matmul_##SUFFIX(                                                                       \
    bool transpose_a, bool transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a,    \
    ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, bool accumulate, REAL *c, ptrdiff_t ldc)        \
    CK_NAME(                                                                                     \
      SUFFIX, "matmul(transposesLeft:transposesRight:rows:columns:depth:left:leftStride:right:"  \
      "rightStride:accumulates:into:outStride:)");                                               \
                                                                                                 \
  /* c -= rate aT b; a is k x m, b is k x n. The product with the rate is rounded first, so that \
     the bits are those of sums that have been stored. Returns false, and has done nothing, for a k\
     above 256, of which one element has several sums. */                                        \
  bool ck_descend_##SUFFIX(                                                                      \
    ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const REAL *a, const REAL *b, REAL rate, REAL *c);    \
                                                                                                 \
  /* A product of operands that are read where they lie, without copies: c, or a change to it, by a\
     walk. Up to 64 bytes after a row's columns of b are read, though not used. An element is    \
     summed run by run, each in order. */                                                        \
  void ck_product_##SUFFIX(const ck_walk *walk, const REAL *a, const REAL *b, REAL *c);          \
                                                                                                 \
  /* out[i] = left[i * left_stride] op right[i * right_stride]; strides are 0 or 1; `out` may be  \
     one of the operands. */                                                                     \
  void ck_combine_##SUFFIX(                                                                      \
    ck_operation operation, ptrdiff_t count, const REAL *left, ptrdiff_t left_stride,            \
    const REAL *right, ptrdiff_t right_stride, REAL *out)                                        \
    CK_NAME(SUFFIX, "combine(_:count:_:stride:_:stride:into:)");                                 \
                                                                                                 \
  /* The same over any number of axes, `out` contiguous; rank at least 1. */                     \
  void ck_broadcast_##SUFFIX(                                                                    \
    ck_operation operation, ptrdiff_t rank, const ptrdiff_t *extents, const REAL *left,          \
    const ptrdiff_t *left_strides, const REAL *right, const ptrdiff_t *right_strides, REAL *out) \
    CK_NAME(SUFFIX, "broadcast(_:rank:extents:_:strides:_:strides:into:)");                      \
                                                                                                 \
  void ck_apply_##SUFFIX(ck_function function, ptrdiff_t count, const REAL *in, REAL *out)       \
    CK_NAME(SUFFIX, "apply(_:count:to:into:)");                                                  \
                                                                                                 \
  /* The larger of each element and `floor`; NaN stays NaN. */                                   \
  void ck_clamp_below_##SUFFIX(ptrdiff_t count, const REAL *in, REAL floor, REAL *out)           \
    CK_NAME(SUFFIX, "clampBelow(count:_:floor:into:)");                                          \
                                                                                                 \
  /* Reductions see the input as [outer, length, inner] and drop the middle axis. Sums run in     \
     blocks, in an order that depends on the extents only. */                                    \
  void ck_sum_##SUFFIX(                                                                          \
    ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, REAL *out)               \
    CK_NAME(SUFFIX, "sum(outer:length:inner:_:into:)");                                          \
  /* NaN wins; length at least 1. */                                                             \
  void ck_max_##SUFFIX(                                                                          \
    ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, REAL *out)               \
    CK_NAME(SUFFIX, "max(outer:length:inner:_:into:)");                                          \
  /* The first largest, or the first NaN; length at least 1. */                                  \
  void ck_argmax_##SUFFIX(                                                                       \
    ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, ptrdiff_t *out)          \
    CK_NAME(SUFFIX, "argmax(outer:length:inner:_:into:)");                                       \
                                                                                                 \
  /* out (columns x rows) = in (rows x columns) transposed. */                                   \
  void ck_transpose_##SUFFIX(ptrdiff_t rows, ptrdiff_t columns, const REAL *in, REAL *out)       \
    CK_NAME(SUFFIX, "transpose(rows:columns:_:into:)");

CK_DECLARE(float, f32)
CK_DECLARE(double, f64)

#pragma clang assume_nonnull end
#undef CK_DECLARE
#undef CK_NAME
#endif
