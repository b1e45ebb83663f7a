// What the kernels need from the system, included before any target attribute is pushed.
#ifndef CK_COMMON_H
#define CK_COMMON_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "CourseKitKernels.h"
#include "table.h"

#define CK_INLINE static inline __attribute__((always_inline))
#define CK_PASTE_(a, b, c) a##b##_##c
#define CK_PASTE(a, b, c) CK_PASTE_(a, b, c)

#endif
