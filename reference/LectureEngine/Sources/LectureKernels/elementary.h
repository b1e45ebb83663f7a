// Exponential, hyperbolic tangent and error function in a form that loops can be vectorized with:
// no branches, no calls. Float ones are within 2 units in the last place; in double precision,
// which serves checks and not training, the system's are used.
#ifndef LK_ELEMENTARY_H
#define LK_ELEMENTARY_H

#include <math.h>
#include <stdint.h>

#include "support.h"

LK_INLINE float lk_float_of(uint32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

LK_INLINE uint32_t lk_bits_of(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

// e^x = 2^n e^r with n whole and |r| <= log(2) / 2; e^r by the polynomial of Cephes' expf.
LK_INLINE float lk_exp_f32(float x) {
  x = x > 89.0f ? 89.0f : x;
  x = x < -104.0f ? -104.0f : x;
  // Adding this number rounds to a whole one, which then stands in the low bits; NaN stays NaN.
  const float rounder = 12582912.0f;
  const float shifted = x * 1.44269504f + rounder;
  const float n = shifted - rounder;
  // log(2) in two parts; the product with the first is exact.
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  // 2^n as a product of two, since n can lie outside the exponents of normal numbers.
  const int32_t whole = (int32_t)(lk_bits_of(shifted) - lk_bits_of(rounder));
  const int32_t half = whole >> 1;
  const float first = lk_float_of((uint32_t)(half + 127) << 23);
  const float second = lk_float_of((uint32_t)(whole - half + 127) << 23);
  return p * first * second;
}

// Cephes' tanhf: a polynomial around 0, where the other form would cancel.
LK_INLINE float lk_tanh_f32(float x) {
  const float size = fabsf(x), s = x * x;
  float p = -5.70498872745e-3f;
  p = p * s + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;
  const float near = p * s * x + x;
  const float far = copysignf(1.0f - 2.0f / (lk_exp_f32(2.0f * size) + 1.0f), x);
  return size < 0.625f ? near : x != x ? x : far;
}

// erf by two polynomials: near 0 times x, elsewhere in the exponent. Source: minimax fits in the
// form of N. Juffa's single precision erff.
LK_INLINE float lk_erf_f32(float x) {
  const float size = fabsf(x), s = x * x;
  float p = -5.96761703e-4f;
  p = p * s + 4.99119423e-3f;
  p = p * s - 2.67681349e-2f;
  p = p * s + 1.12819925e-1f;
  p = p * s - 3.76125336e-1f;
  p = p * s + 1.28379166e-1f;
  const float near = p * x + x;
  // Beyond 4 the function is 1 to the last bit, and the polynomial is no longer good.
  const float t = size > 4.0f ? 4.0f : size;
  float q = -1.72853470e-5f * t + 3.83197126e-4f;
  const float u = -3.88396438e-3f * t + 2.42546219e-2f;
  q = q * (t * t) + u;
  q = q * t - 1.06777877e-1f;
  q = q * t - 6.34846687e-1f;
  q = q * t - 1.28717512e-1f;
  q = q * t - t;
  const float far = copysignf(1.0f - lk_exp_f32(q), x);
  return size > 0.927734375f ? far : x != x ? x : near;
}

LK_INLINE double lk_exp_f64(double x) { return exp(x); }
LK_INLINE double lk_tanh_f64(double x) { return tanh(x); }
LK_INLINE double lk_erf_f64(double x) { return erf(x); }

#endif
