// Convolution and pooling of images, and what their gradients need.
//
// Images are [n, c, h, w]; a plane is one channel of one image. "Convolution" slides the filter
// without flipping it.
#ifndef LECTURE_IMAGES_H
#define LECTURE_IMAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "LectureNames.h"

// A window that slides over a plane. At the output (y, x) its upper left corner stands on the input
// (y * stride_h - pad_h, x * stride_w - pad_w); what lies outside of the input is padding.
typedef struct {
  ptrdiff_t in_h, in_w, out_h, out_w;
  ptrdiff_t kernel_h, kernel_w, stride_h, stride_w, pad_h, pad_w;
} lk_window;

// Channels are split into groups that do not see each other; `inputs` and `outputs` are the
// channels of one group. Weights are [groups * outputs, inputs, kernel_h, kernel_w].
typedef struct {
  ptrdiff_t images, groups, inputs, outputs;
  lk_window window;
} lk_convolution;

#pragma clang assume_nonnull begin
#define LK_DECLARE(REAL, SUFFIX)                                                                 \
  /* `bias` has a number for each output channel, or is NULL. These return false if memory       \
     ran out. */                                                                                  \
  bool lk_convolve_##SUFFIX(                                                                     \
    const lk_convolution *convolution, const REAL *in, const REAL *weight,                       \
    const REAL *_Nullable bias, REAL *out)                                                       \
    LK_NAME(SUFFIX, "convolve(_:_:weight:bias:into:)");                                          \
  /* The same, and of every number x then (x - mean) * scale + shift by its channel, and what the\
     addend has at its place, if there is one; negative ones become 0 if it rectifies. */        \
  bool lk_convolve_and_normalize_##SUFFIX(                                                       \
    const lk_convolution *convolution, const REAL *in, const REAL *weight,                       \
    const REAL *_Nullable bias, const REAL *mean, const REAL *scale, const REAL *shift,          \
    const REAL *_Nullable addend, bool rectifies, REAL *out)                                     \
    LK_NAME(                                                                                     \
      SUFFIX,                                                                                    \
      "convolveAndNormalize(_:_:weight:bias:mean:scale:shift:addend:rectifies:into:)");          \
  /* The gradients of all operands at once; of the input and of the bias only where they are     \
     asked for. */                                                                               \
  bool lk_convolve_gradients_##SUFFIX(                                                           \
    const lk_convolution *convolution, const REAL *in, const REAL *weight, const REAL *d_out,    \
    bool of_input, bool of_bias, REAL *d_in, REAL *d_weight, REAL *d_bias)                       \
    LK_NAME(                                                                                     \
      SUFFIX, "convolutionGradients(_:_:weight:dOutput:ofInput:ofBias:dInput:dWeight:dBias:)");  \
                                                                                                 \
  /* The adjoint, from the convolution's outputs to its inputs, and its gradients. `bias` has a  \
     number for each channel of the convolution's inputs, or is NULL. */                         \
  bool lk_convolve_transposed_##SUFFIX(                                                          \
    const lk_convolution *convolution, const REAL *in, const REAL *weight,                       \
    const REAL *_Nullable bias, REAL *out)                                                       \
    LK_NAME(SUFFIX, "convolveTransposed(_:_:weight:bias:into:)");                                \
  bool lk_convolve_transposed_gradients_##SUFFIX(                                                \
    const lk_convolution *convolution, const REAL *in, const REAL *weight, const REAL *d_out,    \
    bool of_bias, REAL *d_in, REAL *d_weight, REAL *d_bias)                                      \
    LK_NAME(                                                                                     \
      SUFFIX, "transposedGradients(_:_:weight:dOutput:ofBias:dInput:dWeight:dBias:)");           \
                                                                                                 \
  /* The largest of each window and where in its plane it stands: the first of equal ones, or the \
     first NaN. Padding is never the largest; every window covers at least one input. */         \
  void lk_max_pool_##SUFFIX(                                                                     \
    ptrdiff_t planes, const lk_window *window, const REAL *in, REAL *out, int32_t *switches)     \
    LK_NAME(SUFFIX, "maxPool(planes:window:_:into:switches:)");                                  \
  /* Adds every value to the place in its plane that the switch names; other places are 0. */    \
  void lk_unpool_##SUFFIX(                                                                       \
    ptrdiff_t planes, const lk_window *window, const REAL *values, const int32_t *switches,      \
    REAL *image)                                                                                 \
    LK_NAME(SUFFIX, "unpool(planes:window:_:switches:into:)");                                   \
                                                                                                 \
  /* The mean of each window; padding counts as zeros, or not at all. */                         \
  void lk_average_pool_##SUFFIX(                                                                 \
    ptrdiff_t planes, const lk_window *window, bool counts_padding, const REAL *in, REAL *out)   \
    LK_NAME(SUFFIX, "averagePool(planes:window:countsPadding:_:into:)");                         \
  void lk_average_pool_gradient_##SUFFIX(                                                        \
    ptrdiff_t planes, const lk_window *window, bool counts_padding, const REAL *d_out,           \
    REAL *d_in)                                                                                  \
    LK_NAME(SUFFIX, "averagePoolGradient(planes:window:countsPadding:dOutput:into:)");           \
                                                                                                 \
  /* Every plane moved down by `top` and right by `left` into another size; what comes from       \
     outside is 0, what falls outside is lost. */                                                \
  void lk_shift_##SUFFIX(                                                                        \
    ptrdiff_t planes, ptrdiff_t in_h, ptrdiff_t in_w, ptrdiff_t out_h, ptrdiff_t out_w,          \
    ptrdiff_t top, ptrdiff_t left, const REAL *in, REAL *out)                                    \
    LK_NAME(SUFFIX, "shift(planes:height:width:toHeight:width:top:left:_:into:)");

LK_DECLARE(float, f32)
LK_DECLARE(double, f64)

#pragma clang assume_nonnull end
#undef LK_DECLARE
#endif
