// The functions of one instruction set, as the dispatcher sees them.
#ifndef CK_TABLE_H
#define CK_TABLE_H

#include "CourseKitKernels.h"

#define CK_TABLE(REAL, SUFFIX)                                                                   \
  typedef struct {                                                                               \
    bool (*matmul)(                                                                              \
      bool, bool, ptrdiff_t, ptrdiff_t, ptrdiff_t, const REAL *, ptrdiff_t, const REAL *,        \
      ptrdiff_t, bool, const double *, REAL *, ptrdiff_t);                                       \
    void (*product)(const ck_walk *, const REAL *, const REAL *, REAL *);                        \
    void (*combine)(                                                                             \
      ck_operation, ptrdiff_t, const REAL *, ptrdiff_t, const REAL *, ptrdiff_t, REAL *);        \
    void (*broadcast)(                                                                           \
      ck_operation, ptrdiff_t, const ptrdiff_t *, const REAL *, const ptrdiff_t *, const REAL *, \
      const ptrdiff_t *, REAL *);                                                                \
    void (*apply)(ck_function, ptrdiff_t, const REAL *, REAL *);                                 \
    void (*clamp_below)(ptrdiff_t, const REAL *, REAL, REAL *);                                  \
    void (*sum)(ptrdiff_t, ptrdiff_t, ptrdiff_t, const REAL *, REAL *);                          \
    void (*max)(ptrdiff_t, ptrdiff_t, ptrdiff_t, const REAL *, REAL *);                          \
    void (*argmax)(ptrdiff_t, ptrdiff_t, ptrdiff_t, const REAL *, ptrdiff_t *);                  \
    void (*transpose)(ptrdiff_t, ptrdiff_t, const REAL *, REAL *);                               \
  } ck_table_##SUFFIX;

CK_TABLE(float, f32)
CK_TABLE(double, f64)
#undef CK_TABLE

typedef struct {
  ck_table_f32 f32;
  ck_table_f64 f64;
} ck_table;

extern const ck_table ck_table_portable;
#if defined(__x86_64__)
extern const ck_table ck_table_avx2;
extern const ck_table ck_table_avx512;
#endif

#endif
