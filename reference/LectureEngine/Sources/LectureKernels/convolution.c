#include <stdlib.h>
#include <string.h>

#include "CourseKitKernels.h"
#include "window.h"

// The patches' share of the cache.
#ifndef LK_PATCH_BYTES
#define LK_PATCH_BYTES (2 * 1024 * 1024)
#endif

#define REAL float
#define SUFFIX f32
#include "patch_loops.h"
#include "depthwise_loops.h"
#include "convolution_loops.h"
#undef REAL
#undef SUFFIX

#define REAL double
#define SUFFIX f64
#include "patch_loops.h"
#include "depthwise_loops.h"
#include "convolution_loops.h"
