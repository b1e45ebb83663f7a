#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "CourseKitKernels.h"
#include "window.h"

// The shares of the cache that framed images may take, and the points of tiles; and how many tiles
// of an image are worth the filters' way to points and back.
#ifndef LK_FRAME_BYTES
#define LK_FRAME_BYTES (2 * 1024 * 1024)
#define LK_POINT_BYTES (1536 * 1024)
#define LK_WINOGRAD_TILES 16
#endif

#define REAL float
#define SUFFIX f32
#include "transpose_loops.h"
#include "finish_loops.h"
#include "layout_loops.h"
#include "depthwise_loops.h"
#include "convolution_loops.h"
#include "winograd_loops.h"
#include "winograd_calls.h"
#define TILES(way) (way)
#include "convolution_calls.h"
#undef REAL
#undef SUFFIX
#undef TILES

// Double precision is for checks: it takes the plain way, whose rounding is easier to follow.
#define REAL double
#define SUFFIX f64
#include "transpose_loops.h"
#include "finish_loops.h"
#include "layout_loops.h"
#include "depthwise_loops.h"
#include "convolution_loops.h"
#define TILES(way) false
#include "convolution_calls.h"
