// Resource limits and the user the program runs as.
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

static void set_limit(__rlimit_resource_t resource, const char *name, int64_t soft, int64_t hard) {
  if (soft < 0) return;
  struct rlimit limit = {.rlim_cur = (rlim_t)soft, .rlim_max = (rlim_t)hard};
  if (setrlimit(resource, &limit) != 0) broke("limit of %s to %lld", name, (long long)soft);
}

void set_limits(const struct limits *limits) {
  set_limit(RLIMIT_CORE, "core size", 0, 0);
  // SIGXCPU at the limit, which tells the verdict; SIGKILL a second later for who traps it.
  set_limit(RLIMIT_CPU, "CPU seconds", limits->cpu_seconds, limits->cpu_seconds + 1);
  set_limit(RLIMIT_AS, "address space", limits->address_space, limits->address_space);
  set_limit(RLIMIT_FSIZE, "file size", limits->file_size, limits->file_size);
  set_limit(RLIMIT_NOFILE, "descriptors", limits->descriptors, limits->descriptors);
  set_limit(RLIMIT_STACK, "stack", limits->stack, limits->stack);
}

/// Counts every process and thread of the user, so it comes after the change of user.
void set_process_limit(const struct limits *limits) {
  set_limit(RLIMIT_NPROC, "processes", limits->processes, limits->processes);
}

static void give_away(const char *path, uid_t uid, gid_t gid) {
  // By descriptor and without following links, so that what is checked is what changes hands.
  int directory = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (directory < 0) broke("give away %s", path);
  if (fchownat(directory, "", uid, gid, AT_EMPTY_PATH) != 0) broke("give away %s", path);
  close(directory);
}

void give_away_and_drop(const struct options *options) {
  if (options->uid < 0) return;
  uid_t uid = (uid_t)options->uid;
  gid_t gid = (gid_t)options->gid;
  for (size_t i = 0; i < options->give_count; i++) give_away(options->give[i], uid, gid);
  if (setgroups(0, NULL) != 0) broke("drop supplementary groups");
  if (setresgid(gid, gid, gid) != 0) broke("change to group %u", gid);
  if (setresuid(uid, uid, uid) != 0) broke("change to user %u", uid);
  errno = 0;
  if (uid != 0 && setuid(0) == 0) broke("user 0 could be had back");
}
