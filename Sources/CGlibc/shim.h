// Functions of the C library that Swift's Glibc module does not show, since it is built without
// _GNU_SOURCE. Declared as glibc declares them.
#ifndef CHAINRULE_CGLIBC_SHIM_H
#define CHAINRULE_CGLIBC_SHIM_H

#include <spawn.h>

/// `pipe` that is close-on-exec from the first moment: another thread may spawn at any time.
extern int pipe2(int descriptors[2], int flags);

extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif
