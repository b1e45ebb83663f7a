// A namespace of users that root makes and enters: its users are a range of the machine's that are
// nobody's, and its root may become any of them, and has no rights outside.
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void write_map(pid_t process, const char *name, int64_t first, int64_t count) {
  char path[64], map[64];
  snprintf(path, sizeof path, "/proc/%d/%s", process, name);
  int length = snprintf(map, sizeof map, "0 %lld %lld", (long long)first, (long long)count);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0 || write(file, map, (size_t)length) != length) broke("map users");
  close(file);
}

/// Only a process that stayed outside may write maps of more than one user.
static void write_maps_once_told(int told, pid_t process, int64_t first, int64_t count) {
  char word;
  if (read(told, &word, 1) != 1) _exit(EXIT_JAIL_BROKE);
  write_map(process, "uid_map", first, count);
  write_map(process, "gid_map", first, count);
  _exit(EXIT_SUCCESS);
}

void enter_users(int64_t first, int64_t count) {
  int ends[2], status;
  if (pipe2(ends, O_CLOEXEC) != 0) broke("pipe");
  pid_t self = getpid();
  pid_t writer = fork();
  if (writer < 0) broke("fork");
  if (writer == 0) write_maps_once_told(ends[0], self, first, count);
  if (unshare(CLONE_NEWUSER) != 0) broke("namespace of users");
  if (write(ends[1], "", 1) != 1 || waitpid(writer, &status, 0) != writer) broke("map users");
  errno = 0;
  if (status != 0) broke("map users");
  close(ends[0]);
  close(ends[1]);
  // The dropping of it all: to the namespace's root, who is one of nobody's users outside.
  struct options root = {.uid = 0, .gid = 0};
  give_away_and_drop(&root);
}
