// Linked into every worker: what threads need where there is no /proc and little address space.
//
// While work is queued, libdispatch reads `/proc/TID/stat` to see which of its threads run, and
// takes a failure for a crash. A worker can open nothing. So the linker sends every `open` through
// here (`--wrap=open`), and for those files alone a pipe stands in that says: running.

#define _GNU_SOURCE
#include <fcntl.h>
#include <malloc.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

int __real_open(const char *path, int flags, ...);

static int is_thread_state(const char *path) {
  static const char start[] = "/proc/", end[] = "/stat";
  size_t length = strlen(path);
  return length > sizeof start + sizeof end - 2 && strncmp(path, start, sizeof start - 1) == 0 &&
         strcmp(path + length - (sizeof end - 1), end) == 0;
}

static int running(void) {
  static const char state[] = "1 (worker) R 1\n";
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  ssize_t written = write(ends[1], state, sizeof state - 1);
  close(ends[1]);
  if (written == sizeof state - 1) return ends[0];
  close(ends[0]);
  return -1;
}

int __wrap_open(const char *path, int flags, ...) {
  if (is_thread_state(path)) return running();
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return __real_open(path, flags, mode);
}

// Each thread's arena would reserve 64 MiB of address space, which is what limits a worker's
// memory.
__attribute__((constructor)) static void share_one_arena(void) { mallopt(M_ARENA_MAX, 1); }
