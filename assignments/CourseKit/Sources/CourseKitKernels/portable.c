// Runs everywhere: SSE2 on x86-64, NEON on arm64.
#define CK_SET portable
#define CK_VECTOR_BYTES 16
#define CK_TILE_ROWS 4
#define CK_TILE_VECTORS 2
#include "instruction_set.h"
