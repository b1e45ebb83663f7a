// What the kernels need from the system, included before any target attribute is pushed.
#ifndef CK_COMMON_H
#define CK_COMMON_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "CourseKitKernels.h"
#include "table.h"

// Products of so few rows, or over so few numbers, are not packed: a copy of b would not pay.
enum { CK_FEW = 64 };

// So much of an operand stays in the nearest cache while the others pass through it.
enum { CK_NEAR_BYTES = 24 * 1024 };

#define CK_INLINE static inline __attribute__((always_inline))
#define CK_PASTE_(a, b, c) a##b##_##c
#define CK_PASTE(a, b, c) CK_PASTE_(a, b, c)

#endif
