#include "common.h"
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define CK_SET avx2
#define CK_VECTOR_BYTES 32
#define CK_STRIP_ROWS 6
#define CK_THIN_ROWS 10
#include "instruction_set.h"
#pragma clang attribute pop
#endif
