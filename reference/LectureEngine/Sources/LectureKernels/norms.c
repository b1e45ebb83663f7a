#include "support.h"
#include "CourseKitThreads.h"
#include "LectureKernels.h"

#define REAL float
#define SUFFIX f32
#include "norms_loops.h"
#undef REAL
#undef SUFFIX

#define REAL double
#define SUFFIX f64
#include "norms_loops.h"
