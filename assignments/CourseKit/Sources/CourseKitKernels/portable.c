// Runs everywhere: with SSE2 on x86-64, with NEON on arm64, which has twice the registers.
#define CK_SET portable
#define CK_VECTOR_BYTES 16
#if defined(__aarch64__)
#define CK_STRIP_ROWS 8
#define CK_THIN_ROWS 10
#else
#define CK_STRIP_ROWS 4
#define CK_THIN_ROWS 8
#endif
#include "instruction_set.h"
