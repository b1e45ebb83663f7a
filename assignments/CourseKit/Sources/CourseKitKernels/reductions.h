// Reductions of [outer, length, inner] over the middle axis. Included once per scalar type.
//
// Long sums run in blocks, and blocks are added up in double precision, so that a sum of floats is
// off by the rounding of one block only. The order of additions is the same on every machine.
#define NAME(base) CK_PASTE(base, , SUFFIX)

enum { NAME(lane_count) = 16, NAME(sum_block) = 1024, NAME(column_block) = 128 };

static REAL NAME(sum_of_block)(ptrdiff_t count, const REAL *in) {
  REAL lanes[NAME(lane_count)] = {0};
  ptrdiff_t i = 0;
  for (; i + NAME(lane_count) <= count; i += NAME(lane_count)) {
    for (int lane = 0; lane < NAME(lane_count); lane++) lanes[lane] += in[i + lane];
  }
  for (int lane = 0; i < count; i++, lane++) lanes[lane] += in[i];
  for (int width = NAME(lane_count) / 2; width > 0; width /= 2) {
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  }
  return lanes[0];
}

static REAL NAME(sum_of_row)(ptrdiff_t count, const REAL *in) {
  double total = 0;
  for (ptrdiff_t start = 0; start < count; start += NAME(sum_block)) {
    const ptrdiff_t rest = count - start;
    total += NAME(sum_of_block)(rest < NAME(sum_block) ? rest : NAME(sum_block), in + start);
  }
  return (REAL)total;
}

static void NAME(sum_of_columns)(
  ptrdiff_t length, ptrdiff_t width, ptrdiff_t stride, const REAL *in, REAL *out) {
  double totals[NAME(column_block)] = {0};
  for (ptrdiff_t start = 0; start < length; start += NAME(column_block)) {
    const ptrdiff_t end =
      start + NAME(column_block) < length ? start + NAME(column_block) : length;
    REAL block[NAME(column_block)] = {0};
    for (ptrdiff_t i = start; i < end; i++) {
      for (ptrdiff_t j = 0; j < width; j++) block[j] += in[i * stride + j];
    }
    for (ptrdiff_t j = 0; j < width; j++) totals[j] += block[j];
  }
  for (ptrdiff_t j = 0; j < width; j++) out[j] = (REAL)totals[j];
}

static void NAME(sum)(
  ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, REAL *out) {
  for (ptrdiff_t o = 0; o < outer; o++, in += length * inner, out += inner) {
    if (inner == 1) {
      out[0] = NAME(sum_of_row)(length, in);
      continue;
    }
    for (ptrdiff_t j = 0; j < inner; j += NAME(column_block)) {
      const ptrdiff_t rest = inner - j;
      NAME(sum_of_columns)(
        length, rest < NAME(column_block) ? rest : NAME(column_block), inner, in + j, out + j);
    }
  }
}

// One row in lanes, so that a comparison need not wait for the one before it.
static REAL NAME(max_of_row)(ptrdiff_t count, const REAL *in) {
  REAL lanes[NAME(lane_count)];
  for (int lane = 0; lane < NAME(lane_count); lane++) lanes[lane] = in[0];
  ptrdiff_t i = 0;
  for (; i + NAME(lane_count) <= count; i += NAME(lane_count)) {
    for (int lane = 0; lane < NAME(lane_count); lane++) {
      const REAL value = in[i + lane];
      lanes[lane] = value > lanes[lane] || value != value ? value : lanes[lane];
    }
  }
  for (int lane = 0; i < count; i++, lane++) {
    lanes[lane] = in[i] > lanes[lane] || in[i] != in[i] ? in[i] : lanes[lane];
  }
  REAL best = lanes[0];
  for (int lane = 1; lane < NAME(lane_count); lane++) {
    best = lanes[lane] > best || lanes[lane] != lanes[lane] ? lanes[lane] : best;
  }
  return best;
}

static void NAME(max)(
  ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, REAL *out) {
  for (ptrdiff_t o = 0; o < outer; o++, in += length * inner, out += inner) {
    if (inner == 1) {
      out[0] = NAME(max_of_row)(length, in);
      continue;
    }
    for (ptrdiff_t j = 0; j < inner; j++) out[j] = in[j];
    for (ptrdiff_t i = 1; i < length; i++) {
      for (ptrdiff_t j = 0; j < inner; j++) {
        const REAL value = in[i * inner + j];
        out[j] = value > out[j] || value != value ? value : out[j];
      }
    }
  }
}

static void NAME(argmax)(
  ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner, const REAL *in, ptrdiff_t *out) {
  for (ptrdiff_t o = 0; o < outer; o++, in += length * inner, out += inner) {
    for (ptrdiff_t j = 0; j < inner; j++) {
      ptrdiff_t best = 0;
      for (ptrdiff_t i = 0; i < length; i++) {
        const REAL value = in[i * inner + j];
        if (value != value) {
          best = i;
          break;
        }
        if (value > in[best * inner + j]) best = i;
      }
      out[j] = best;
    }
  }
}

#undef NAME
