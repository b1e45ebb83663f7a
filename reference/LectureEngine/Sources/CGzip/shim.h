// zlib's reader of files, which takes gzip and plain files alike.
#include <zlib.h>
