// All kernels of one instruction set, for both scalar types. The including file defines:
//   CK_SET            its name
//   CK_VECTOR_BYTES   the width of a vector register
//   CK_STRIP_ROWS, CK_THIN_ROWS   the rows of a product's tile held in registers, two vectors wide
//                     and one
#include "common.h"

#define REAL float
#define SUFFIX f32
#define EXP expf
#define LOG logf
#define CK_ALL_CASES 1
#include "elementwise.h"
#include "product.h"
#include "matmul.h"
#include "reductions.h"
#undef REAL
#undef SUFFIX
#undef EXP
#undef LOG
#undef CK_ALL_CASES

#define REAL double
#define SUFFIX f64
#define EXP exp
#define LOG log
#define CK_ALL_CASES 0
#include "elementwise.h"
#include "product.h"
#include "matmul.h"
#include "reductions.h"

#define CK_FUNCTIONS(SUFFIX)                                                                     \
  {                                                                                              \
    matmul_##SUFFIX, product_##SUFFIX, combine_##SUFFIX, broadcast_##SUFFIX, apply_##SUFFIX,     \
      clamp_below_##SUFFIX, sum_##SUFFIX, max_##SUFFIX, argmax_##SUFFIX, transpose_##SUFFIX      \
  }
#define CK_NAME_(set) ck_table_##set
#define CK_NAME(set) CK_NAME_(set)

const ck_table CK_NAME(CK_SET) = {CK_FUNCTIONS(f32), CK_FUNCTIONS(f64)};
