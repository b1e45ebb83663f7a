// Activations, element by element. Included once per scalar type.
#define NAME(base) LK_PASTE(base, SUFFIX)
#define LOOP(value)                                                                              \
  for (ptrdiff_t i = first; i < end; i++) {                                                      \
    const REAL x = in[i];                                                                        \
    out[i] = (value);                                                                            \
  }                                                                                              \
  break

// x^3 / x of the tanh form, and the two constants of Gauss's bell.
#define GELU_CUBE ((REAL)0.044715)
#define ROOT_2_OVER_PI ((REAL)0.79788456080286535588)
#define ROOT_HALF ((REAL)0.70710678118654752440)
#define BELL ((REAL)0.39894228040143267794)

LK_INLINE REAL NAME(sigmoid)(REAL x) { return 1 / (1 + NAME(lk_exp)(-x)); }

// The share of a normal distribution that lies below x.
LK_INLINE REAL NAME(below)(REAL x) {
  return (REAL)0.5 * (1 + NAME(lk_erf)(x * ROOT_HALF));
}

LK_INLINE REAL NAME(d_gelu)(REAL x) {
  // Beyond 20 the bell is 0; x^2 is kept from becoming infinite, 0 times infinity from being NaN.
  const REAL y = x > 20 ? 20 : x < -20 ? -20 : x;
  return NAME(below)(x) + y * BELL * NAME(lk_exp)((REAL)-0.5 * y * y);
}

LK_INLINE REAL NAME(gelu_tanh)(REAL x) {
  return (REAL)0.5 * x * (1 + NAME(lk_tanh)(ROOT_2_OVER_PI * (x + GELU_CUBE * x * x * x)));
}

LK_INLINE REAL NAME(d_gelu_tanh)(REAL x) {
  const REAL y = x > 20 ? 20 : x < -20 ? -20 : x;
  const REAL t = NAME(lk_tanh)(ROOT_2_OVER_PI * (y + GELU_CUBE * y * y * y));
  const REAL slope = ROOT_2_OVER_PI * (1 + 3 * GELU_CUBE * y * y);
  return (REAL)0.5 * (1 + t) + (REAL)0.5 * y * (1 - t * t) * slope;
}

// Some of the elements.
typedef struct {
  lk_activation function;
  REAL a, b;
  const REAL *in, *d_out;
  REAL *out;
} NAME(activation_job);

LK_CLONES static void NAME(activate_some)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(activation_job) *job = context;
  const REAL a = job->a, b = job->b, *in = job->in;
  REAL *out = job->out;
  switch (job->function) {
    case lk_relu: LOOP(x < 0 ? 0 : x);
    case lk_leaky_relu: LOOP(x < 0 ? a * x : x);
    case lk_sigmoid: LOOP(NAME(sigmoid)(x));
    case lk_tanh: LOOP(a * NAME(lk_tanh)(b * x));
    case lk_gelu: LOOP(x * NAME(below)(x));
    case lk_gelu_tanh: LOOP(NAME(gelu_tanh)(x));
  }
}

LK_CLONES static void NAME(activate_some_backward)(
  void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
  (void)slot;
  const NAME(activation_job) *job = context;
  const REAL a = job->a, b = job->b, *in = job->in, *d_out = job->d_out;
  REAL *out = job->out;
  switch (job->function) {
    case lk_relu: LOOP(x < 0 ? 0 : d_out[i]);
    case lk_leaky_relu: LOOP(x < 0 ? a * d_out[i] : d_out[i]);
    case lk_sigmoid:
      for (ptrdiff_t i = first; i < end; i++) {
        const REAL s = NAME(sigmoid)(in[i]);
        out[i] = s * (1 - s) * d_out[i];
      }
      break;
    case lk_tanh:
      for (ptrdiff_t i = first; i < end; i++) {
        const REAL t = NAME(lk_tanh)(b * in[i]);
        out[i] = a * b * (1 - t * t) * d_out[i];
      }
      break;
    case lk_gelu: LOOP(NAME(d_gelu)(x) * d_out[i]);
    case lk_gelu_tanh: LOOP(NAME(d_gelu_tanh)(x) * d_out[i]);
  }
}

// Exponentials and the like take several times as long as a comparison.
LK_INLINE ptrdiff_t NAME(least_to_activate)(lk_activation function) {
  return function == lk_relu || function == lk_leaky_relu ? LK_LEAST_WORK : LK_LEAST_WORK / 8;
}

void NAME(lk_activate)(
  lk_activation function, REAL a, REAL b, ptrdiff_t count, const REAL *in, REAL *out) {
  NAME(activation_job) job = {function, a, b, in, NULL, out};
  ck_share(count, NAME(least_to_activate)(function), NAME(activate_some), &job);
}

void NAME(lk_activate_backward)(
  lk_activation function, REAL a, REAL b, ptrdiff_t count, const REAL *in, const REAL *d_out,
  REAL *d_in) {
  NAME(activation_job) job = {function, a, b, in, d_out, d_in};
  ck_share(count, NAME(least_to_activate)(function), NAME(activate_some_backward), &job);
}

#undef NAME
#undef LOOP
#undef GELU_CUBE
#undef ROOT_2_OVER_PI
#undef ROOT_HALF
#undef BELL
