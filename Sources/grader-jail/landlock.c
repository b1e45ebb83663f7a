// Landlock: which paths can be opened, executed or written, and no TCP, no signal and no abstract
// socket beyond the jail. Constants are our own: distributions' headers are older than kernels.
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
  FS_EXECUTE = 1 << 0, FS_WRITE_FILE = 1 << 1, FS_READ_FILE = 1 << 2, FS_READ_DIR = 1 << 3,
  FS_REMOVE_DIR = 1 << 4, FS_REMOVE_FILE = 1 << 5, FS_MAKE_DIR = 1 << 7, FS_MAKE_REG = 1 << 8,
  FS_REFER = 1 << 13, FS_TRUNCATE = 1 << 14, FS_IOCTL_DEV = 1 << 15,
};
enum { NET_BIND_AND_CONNECT_TCP = 3, SCOPE_ABSTRACT_SOCKET_AND_SIGNAL = 3 };
enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };

struct ruleset_attributes { uint64_t fs, net, scoped; };
struct path_attributes { uint64_t allowed; int32_t parent; } __attribute__((packed));

/// What each version of the interface can handle; row i is version i + 1. Later versions add
/// logging flags, nothing to restrict with.
static const struct ruleset_attributes versions[] = {
  {(FS_REFER - 1), 0, 0},
  {(FS_TRUNCATE - 1), 0, 0},
  {(FS_IOCTL_DEV - 1), 0, 0},
  {(FS_IOCTL_DEV - 1), NET_BIND_AND_CONNECT_TCP, 0},
  {(FS_IOCTL_DEV << 1) - 1, NET_BIND_AND_CONNECT_TCP, 0},
  {(FS_IOCTL_DEV << 1) - 1, NET_BIND_AND_CONNECT_TCP, SCOPE_ABSTRACT_SOCKET_AND_SIGNAL},
};
enum { NEWEST = sizeof versions / sizeof versions[0] };

static const uint64_t rights[] = {
  [ACCESS_READ] = FS_READ_FILE | FS_READ_DIR,
  [ACCESS_EXECUTE] = FS_READ_FILE | FS_READ_DIR | FS_EXECUTE,
  // No links, devices, sockets or FIFOs: nothing is left that could mislead who reads the output.
  [ACCESS_WRITE] = FS_READ_FILE | FS_READ_DIR | FS_WRITE_FILE | FS_TRUNCATE | FS_MAKE_REG
    | FS_MAKE_DIR | FS_REMOVE_FILE | FS_REMOVE_DIR | FS_REFER,
};
static const uint64_t rights_of_files =
  FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV;

static void allow_path(int ruleset, const struct path_rule *rule, uint64_t handled) {
  int path = open(rule->path, O_PATH | O_CLOEXEC);
  struct stat status;
  if (path < 0 || fstat(path, &status) != 0) broke("open %s for Landlock", rule->path);
  uint64_t allowed = rights[rule->access] & handled;
  if (!S_ISDIR(status.st_mode)) allowed &= rights_of_files;
  struct path_attributes attributes = {.allowed = allowed, .parent = path};
  if (syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &attributes, 0) != 0) {
    broke("Landlock rule for %s", rule->path);
  }
  close(path);
}

/// Some vendors' kernels report a version whose attributes they then reject with EINVAL: take what
/// the kernel really accepts.
static int create_ruleset(int kernel, int *used) {
  for (int version = kernel < NEWEST ? kernel : NEWEST; version > 0; version--) {
    const struct ruleset_attributes *attributes = &versions[version - 1];
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, attributes, sizeof *attributes, 0);
    if (ruleset >= 0) {
      *used = version;
      return ruleset;
    }
    if (errno != EINVAL) break;
  }
  return -1;
}

void restrict_paths(const struct options *options, struct enforced *enforced) {
  if (options->landlock == LANDLOCK_OFF) return;
  int kernel = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
  int version = 0;
  int ruleset = kernel < 0 ? -1 : create_ruleset(kernel, &version);
  if (ruleset < 0) {
    if (options->landlock == LANDLOCK_OPTIONAL) return;
    broke("Landlock");
  }
  for (size_t i = 0; i < options->path_count; i++) {
    allow_path(ruleset, &options->paths[i], versions[version - 1].fs);
  }
  if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) broke("Landlock");
  close(ruleset);
  enforced->landlock_kernel = kernel;
  enforced->landlock_used = version;
}
