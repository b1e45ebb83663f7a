#include "common.h"
#if defined(__x86_64__)
#pragma clang attribute push( \
  __attribute__((target("avx2,fma,avx512f,avx512dq,avx512vl,avx512bw"))), apply_to = function)
#define CK_SET avx512
#define CK_VECTOR_BYTES 64
#define CK_STRIP_ROWS 14
#define CK_THIN_ROWS 14
#include "instruction_set.h"
#pragma clang attribute pop
#endif
