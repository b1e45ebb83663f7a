// Lines to the grader. The descriptor is close-on-exec in the program's process, so whatever is
// read from it was written by the launcher.
#include "jail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int status = -1;

void report_to(int status_descriptor) { status = status_descriptor; }

static void put_line(int descriptor, char *line, int length, size_t room) {
  if (length < 0) return;
  size_t count = (size_t)length < room ? (size_t)length : room - 1;
  for (size_t i = 0; i < count; i++) {
    if (line[i] == '\n') line[i] = ' ';
  }
  line[count] = '\n';
  // One write of less than PIPE_BUF bytes: the lines of two processes never mix.
  if (write(descriptor, line, count + 1) < 0) return;
}

void report(const char *format, ...) {
  if (status < 0) return;
  char line[512];
  va_list list;
  va_start(list, format);
  int length = vsnprintf(line, sizeof line, format, list);
  va_end(list);
  put_line(status, line, length, sizeof line);
}

void broke(const char *format, ...) {
  int code = errno;
  char what[384], line[512];
  va_list list;
  va_start(list, format);
  vsnprintf(what, sizeof what, format, list);
  va_end(list);
  const char *reason = code ? strerror(code) : "refused";
  int length = status < 0
    ? snprintf(line, sizeof line, "grader-jail: %s: %s", what, reason)
    : snprintf(line, sizeof line, "fault %d %s: %s", code, what, reason);
  put_line(status < 0 ? STDERR_FILENO : status, line, length, sizeof line);
  _exit(EXIT_JAIL_BROKE);
}
