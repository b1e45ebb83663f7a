// The program's parent: kills it when the grader says so or is gone, reaps it, and reports how it
// ended. It is the only one who knows, since bubblewrap turns a signal into 128 + n and the
// grader's own resident size would be counted into the program's peak (the kernel carries the
// high-water mark of the process that called vfork across execve).
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SWEEPS = 1000 };

static void on_child(int signal_number) { (void)signal_number; }

/// Blocks the signal of an ended child, so that it comes only while somebody waits with the mask
/// that is returned.
sigset_t hear_of_children(void) {
  sigset_t child_ended, awake;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_ended, &awake);
  sigdelset(&awake, SIGCHLD);
  struct sigaction action = {.sa_handler = on_child};
  sigaction(SIGCHLD, &action, NULL);
  return awake;
}

static void close_all_but(int a, int b) {
  int low = a < b ? a : b, high = a < b ? b : a;
  unsigned first = 0;
  for (int i = 0; i < 2; i++) {
    int kept = i == 0 ? low : high;
    if (kept < 0) continue;
    if ((unsigned)kept > first) syscall(SYS_close_range, first, (unsigned)kept - 1, 0);
    first = (unsigned)kept + 1;
  }
  syscall(SYS_close_range, first, ~0U, 0);
}

/// Sleeps until a child ends or the lifeline is cut; true when it is cut.
static bool lifeline_is_cut(int lifeline, const sigset_t *awake) {
  struct pollfd line = {.fd = lifeline, .events = POLLIN};
  return ppoll(&line, lifeline < 0 ? 0 : 1, NULL, awake) > 0;
}

/// Waits for the program, and reaps orphans that come to us meanwhile.
static int wait_for(pid_t program, int lifeline, const sigset_t *awake, bool *killed,
                    struct rusage *usage) {
  for (;;) {
    int status;
    pid_t ended = wait4(-1, &status, WNOHANG, usage);
    if (ended == program) return status;
    if (ended <= 0 && lifeline_is_cut(lifeline, awake)) {
      *killed = true;
      lifeline = -1;
      kill(program, SIGKILL);
    }
  }
}

static bool kill_children(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
  FILE *children = fopen(path, "re");
  if (children == NULL) return false;
  int child;
  while (fscanf(children, "%d", &child) == 1) kill(child, SIGKILL);
  fclose(children);
  return true;
}

/// Ends what the program left behind: descendants are ours, as their subreaper. Under a filter that
/// allows no fork there are none, and a process namespace ends with its first process.
static void sweep(void) {
  for (int i = 0; i < SWEEPS; i++) {
    pid_t ended = waitpid(-1, NULL, WNOHANG);
    if (ended < 0) return;
    if (ended > 0) continue;
    if (!kill_children()) return;
    usleep(500);
  }
}

int supervise(const struct options *options) {
  sigset_t awake = hear_of_children();
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

  pid_t self = getpid();
  pid_t program = fork();
  if (program < 0) broke("fork");
  if (program == 0) confine_and_run(options, self);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  close_all_but(options->status, options->lifeline);

  bool killed = false;
  struct rusage usage = {0};
  int status = wait_for(program, options->lifeline, &awake, &killed, &usage);
  if (self != 1) sweep();
  report("ended %d killed=%d cpu=%lld peak=%ld", status, killed,
         (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec
           + usage.ru_stime.tv_usec, usage.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
