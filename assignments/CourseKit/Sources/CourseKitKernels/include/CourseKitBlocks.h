// Blocks of numbers in registers, for kernels that are compiled for several instruction sets.
#ifndef COURSEKIT_BLOCKS_H
#define COURSEKIT_BLOCKS_H

#include <stddef.h>

// ck_transpose_eight: 8 x 8 numbers, rows of `in` that are `row` apart, as columns in `out`.
#define CK_BLOCK(REAL, SUFFIX)                                                                   \
  typedef REAL ck_eight_##SUFFIX                                                                 \
    __attribute__((vector_size(8 * sizeof(REAL)), aligned(sizeof(REAL))));                       \
                                                                                                 \
  static inline __attribute__((always_inline)) void ck_transpose_eight_##SUFFIX(                 \
    const REAL *in, ptrdiff_t row, ck_eight_##SUFFIX *out) {                                     \
    ck_eight_##SUFFIX a[8];                                                                      \
    for (int i = 0; i < 8; i++) a[i] = *(const ck_eight_##SUFFIX *)(in + i * row);               \
    for (int i = 0; i < 8; i += 2) {                                                             \
      out[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);               \
      out[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);           \
    }                                                                                            \
    for (int j = 0; j < 4; j++) {                                                                \
      const int i = j / 2 * 4 + j % 2;                                                           \
      a[i] = __builtin_shufflevector(out[i], out[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);              \
      a[i + 2] = __builtin_shufflevector(out[i], out[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);        \
    }                                                                                            \
    for (int i = 0; i < 4; i++) {                                                                \
      out[i] = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);                \
      out[i + 4] = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);          \
    }                                                                                            \
  }

CK_BLOCK(float, f32)
CK_BLOCK(double, f64)
#undef CK_BLOCK

#endif
