#include <string.h>

#include "elementary.h"
#include "CourseKitKernels.h"
#include "CourseKitThreads.h"
#include "LectureKernels.h"

#define REAL float
#define SUFFIX f32
#include "training_loops.h"
#undef REAL
#undef SUFFIX

#define REAL double
#define SUFFIX f64
#include "training_loops.h"
