// The kernels beside plain loops, as one program that a cross compiler can build: for machines that
// no Swift toolchain is at hand for. Prints how many cases agree; ends with 1 at the first that
// does not.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "CourseKitKernels.h"

static unsigned long state = 1;
static long cases;

// Small whole numbers: all sums are exact in either precision, in any order.
static double draw(void) {
  state = state * 6364136223846793005ul + 1442695040888963407ul;
  const double size = (double)(state >> 60);
  return state & (1ul << 40) ? -size : size;
}

static void expect(int is_right, const char *what, long a, long b, long c) {
  if (!is_right) {
    printf("%s is wrong for %ld, %ld, %ld\n", what, a, b, c);
    exit(1);
  }
  cases++;
}

// Room behind the last row, which products may read.
static void *room(size_t count, size_t size) {
  void *place = calloc(count + 64 / size, size);
  if (!place) exit(2);
  return place;
}

#define CHECKS(REAL, SUFFIX)                                                                     \
  static void matmul_##SUFFIX(long m, long n, long k, bool ta, bool tb, bool add) {              \
    REAL *a = room((size_t)(m * k), sizeof *a), *b = room((size_t)(k * n), sizeof *b);           \
    REAL *c = room((size_t)(m * n), sizeof *c), *wanted = room((size_t)(m * n), sizeof *c);      \
    for (long i = 0; i < m * k; i++) a[i] = (REAL)draw();                                        \
    for (long i = 0; i < k * n; i++) b[i] = (REAL)draw();                                        \
    for (long i = 0; i < m * n; i++) wanted[i] = c[i] = (REAL)draw();                            \
    for (long i = 0; i < m; i++) {                                                               \
      for (long j = 0; j < n; j++) {                                                             \
        REAL sum = add ? wanted[i * n + j] : 0;                                                  \
        for (long p = 0; p < k; p++)                                                             \
          sum += (ta ? a[p * m + i] : a[i * k + p]) * (tb ? b[j * k + p] : b[p * n + j]);        \
        wanted[i * n + j] = sum;                                                                 \
      }                                                                                          \
    }                                                                                            \
    bool done = ck_matmul_##SUFFIX(                                                              \
      ta, tb, m, n, k, a, ta ? m : k, b, tb ? k : n, add, c, n);                                 \
    for (long i = 0; i < m * n; i++) done = done && c[i] == wanted[i];                           \
    expect(done, "matmul_" #SUFFIX, m, n, k);                                                    \
    free(a), free(b), free(c), free(wanted);                                                     \
  }                                                                                              \
                                                                                                 \
  static void descend_##SUFFIX(long m, long n, long k) {                                         \
    REAL *a = room((size_t)(m * k), sizeof *a), *b = room((size_t)(k * n), sizeof *b);           \
    REAL *c = room((size_t)(m * n), sizeof *c), *wanted = room((size_t)(m * n), sizeof *c);      \
    for (long i = 0; i < m * k; i++) a[i] = (REAL)draw();                                        \
    for (long i = 0; i < k * n; i++) b[i] = (REAL)draw();                                        \
    for (long i = 0; i < m * n; i++) wanted[i] = c[i] = (REAL)draw();                            \
    bool done = ck_descend_##SUFFIX(m, n, k, a, b, (REAL)0.25, c);                               \
    for (long i = 0; i < m * n; i++) {                                                           \
      REAL sum = 0;                                                                              \
      for (long p = 0; p < k; p++) sum += a[p * m + i / n] * b[p * n + i % n];                   \
      done = done && c[i] == wanted[i] - (REAL)0.25 * sum;                                       \
    }                                                                                            \
    expect(done, "descend_" #SUFFIX, m, n, k);                                                   \
    free(a), free(b), free(c), free(wanted);                                                     \
  }                                                                                              \
                                                                                                 \
  static void product_##SUFFIX(long m, long n, long k, bool sideways) {                          \
    const long panels = (n + CK_PANEL - 1) / CK_PANEL, width = panels * CK_PANEL;                \
    REAL *a = room((size_t)(m * k), sizeof *a), *b = room((size_t)(k * width), sizeof *b);       \
    REAL *c = room((size_t)(m * width), sizeof *c);                                              \
    for (long i = 0; i < m * k; i++) a[i] = (REAL)draw();                                        \
    for (long i = 0; i < k * width; i++) b[i] = (REAL)draw();                                    \
    const ck_walk walk = {                                                                       \
      .rows = m, .columns = n, .runs = 1, .depth = k, .a_row = sideways ? 1 : k,                 \
      .a_step = sideways ? m : 1, .b_step = CK_PANEL, .b_panel = k * CK_PANEL, .c_row = width,   \
      .accumulate = false};                                                                      \
    ck_product_##SUFFIX(&walk, a, b, c);                                                         \
    for (long i = 0; i < m; i++) {                                                               \
      for (long j = 0; j < n; j++) {                                                             \
        REAL sum = 0;                                                                            \
        const REAL *panel = b + j / CK_PANEL * k * CK_PANEL + j % CK_PANEL;                      \
        for (long p = 0; p < k; p++)                                                             \
          sum += (sideways ? a[p * m + i] : a[i * k + p]) * panel[p * CK_PANEL];                 \
        expect(c[i * width + j] == sum, "product_" #SUFFIX, m, n, k);                            \
      }                                                                                          \
    }                                                                                            \
    free(a), free(b), free(c);                                                                   \
  }                                                                                              \
                                                                                                 \
  static void reductions_##SUFFIX(long outer, long length, long inner) {                         \
    const long count = outer * length * inner;                                                   \
    REAL *in = room((size_t)count, sizeof *in), *out = room((size_t)count, sizeof *in);          \
    ptrdiff_t *places = room((size_t)count, sizeof *places);                                     \
    for (long i = 0; i < count; i++) in[i] = (REAL)draw();                                       \
    for (int kind = 0; kind < 3; kind++) {                                                       \
      if (kind == 0) ck_sum_##SUFFIX(outer, length, inner, in, out);                             \
      if (kind == 1) ck_max_##SUFFIX(outer, length, inner, in, out);                             \
      if (kind == 2) ck_argmax_##SUFFIX(outer, length, inner, in, places);                       \
      for (long o = 0; o < outer * inner; o++) {                                                 \
        const REAL *first = in + o / inner * length * inner + o % inner;                         \
        REAL sum = 0, best = first[0];                                                           \
        long place = 0;                                                                          \
        for (long l = 0; l < length; l++) {                                                      \
          sum += first[l * inner];                                                               \
          if (first[l * inner] > best) best = first[l * inner], place = l;                       \
        }                                                                                        \
        const int is_right = kind == 0 ? out[o] == sum                                           \
                           : kind == 1 ? out[o] == best                                          \
                                       : places[o] == place;                                     \
        expect(is_right, "reduction_" #SUFFIX, outer, length, inner);                            \
      }                                                                                          \
    }                                                                                            \
    ck_transpose_##SUFFIX(outer * length, inner, in, out);                                       \
    for (long i = 0; i < count; i++)                                                             \
      expect(                                                                                    \
        out[i % inner * outer * length + i / inner] == in[i], "transpose_" #SUFFIX, outer,       \
        length, inner);                                                                          \
    free(in), free(out), free(places);                                                           \
  }                                                                                              \
                                                                                                 \
  static void elementwise_##SUFFIX(long count) {                                                 \
    REAL *in = room((size_t)count, sizeof *in), *out = room((size_t)count, sizeof *in);          \
    for (long i = 0; i < count; i++) in[i] = (REAL)(1 + fabs(draw()));                           \
    ck_apply_##SUFFIX(ck_square, count, in, out);                                                \
    ck_apply_##SUFFIX(ck_sqrt, count, out, out);                                                 \
    for (long i = 0; i < count; i++) expect(out[i] == in[i], "root_" #SUFFIX, count, i, 0);      \
    ck_apply_##SUFFIX(ck_log, count, in, out);                                                   \
    ck_apply_##SUFFIX(ck_exp, count, out, out);                                                  \
    for (long i = 0; i < count; i++)                                                             \
      expect(fabs((double)(out[i] - in[i])) < 1e-4, "exp_" #SUFFIX, count, i, 0);                \
    ck_combine_##SUFFIX(ck_divide, count, in, 1, in, 1, out);                                    \
    for (long i = 0; i < count; i++) expect(out[i] == 1, "divide_" #SUFFIX, count, i, 0);        \
    ck_clamp_below_##SUFFIX(count, in, 5, out);                                                  \
    for (long i = 0; i < count; i++)                                                             \
      expect(out[i] == (in[i] < 5 ? 5 : in[i]), "clamp_" #SUFFIX, count, i, 0);                  \
    free(in), free(out);                                                                         \
  }                                                                                              \
                                                                                                 \
  static void all_##SUFFIX(void) {                                                               \
    static const long sizes[] = {1, 2, 3, 5, 7, 8, 9, 11, 16, 17, 33, 50};                       \
    enum { count = sizeof sizes / sizeof *sizes };                                               \
    for (int i = 0; i < count; i++) {                                                            \
      for (int j = 0; j < count; j++) {                                                          \
        const long k = sizes[(i + 5 * j) % count];                                               \
        for (int flags = 0; flags < 8; flags++)                                                  \
          matmul_##SUFFIX(sizes[i], sizes[j], k, flags & 1, flags & 2, flags & 4);               \
        product_##SUFFIX(sizes[i], sizes[j], k, false);                                          \
        product_##SUFFIX(sizes[i], sizes[j], k, true);                                           \
        descend_##SUFFIX(sizes[i], sizes[j], k);                                                 \
        reductions_##SUFFIX(sizes[i % 4], sizes[j], k);                                          \
      }                                                                                          \
      elementwise_##SUFFIX(sizes[i]);                                                            \
    }                                                                                            \
    matmul_##SUFFIX(130, 200, 300, false, true, false);                                          \
    descend_##SUFFIX(130, 200, 100);                                                             \
  }

CHECKS(float, f32)
CHECKS(double, f64)

int main(void) {
  // Once on the caller's thread alone, once shared.
  for (int threads = 1; threads <= 3; threads += 2) {
    ck_use_threads(threads);
    all_f32();
    all_f64();
  }
  printf("%ld cases agree\n", cases);
  return 0;
}
