#include <zlib.h>

// inflateInit2 is a macro, which Swift does not see.
static inline int chainrule_inflateInit2(z_stream *stream, int windowBits) {
  return inflateInit2(stream, windowBits);
}

// Deflate alone, as inside a zip; a macro too.
static inline int chainrule_deflateInit2(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
