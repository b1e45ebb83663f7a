#include "CourseKitKernels.h"
