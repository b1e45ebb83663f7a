// The lecture's hot loops, for float (_f32) and double (_f64). Products of matrices come from
// CourseKitKernels; what is here is everything else.
//
// Tensors are row-major, images are [n, c, h, w]. No function keeps state between calls; large work
// is shared by CourseKit's threads, if a program asked for any, and gives the same bits. A function
// that needs room for its work says so and returns false without it.
// NaN goes through to every result that depends on it.
#ifndef LECTURE_KERNELS_H
#define LECTURE_KERNELS_H

#include "LectureActivations.h"
#include "LectureAxes.h"
#include "LectureImages.h"
#include "LectureLinear.h"
#include "LectureMemory.h"
#include "LectureNames.h"
#include "LectureNorms.h"
#include "LectureTraining.h"

#endif
