#include <math.h>
#include <string.h>

#include "CourseKitThreads.h"
#include "window.h"

#define REAL float
#define SUFFIX f32
#include "pooling_loops.h"
#undef REAL
#undef SUFFIX

#define REAL double
#define SUFFIX f64
#include "pooling_loops.h"
