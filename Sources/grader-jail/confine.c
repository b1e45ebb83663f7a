// From a fresh process to the untrusted program. The order matters: limits first, the filter of
// system calls last, because each step needs what a later one takes away.
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void reset_signals(void) {
  for (int signal_number = 1; signal_number < NSIG; signal_number++) {
    signal(signal_number, SIG_DFL); // fails for KILL, STOP and libc's own: these cannot be changed
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/// The program dies with its supervisor. A change of user clears this, so it comes after it; the
/// supervisor has one thread, so "the parent thread ended" and "the supervisor ended" are one.
static void die_with(pid_t supervisor) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) broke("parent-death signal");
  errno = 0;
  if (getppid() != supervisor) broke("the supervisor is gone");
}

/// A program that was just written can still be open for writing in a process that is between its
/// fork and its exec, with all descriptors of the grader's: a moment later it is not.
static void run(char *const *command) {
  const struct timespec moment = {0, 5000000};
  for (int tries = 0; tries < 1000; tries++) {
    execve(command[0], command, environ);
    if (errno != ETXTBSY) return;
    nanosleep(&moment, NULL);
  }
}

void confine_and_run(const struct options *options, pid_t supervisor) {
  struct enforced enforced = {0, 0, filter_names[options->filter]};
  set_limits(&options->limits);
  if (setsid() < 0) broke("new session");
  reset_signals();
  umask(022);
  give_away_and_drop(options);
  if (options->directory != NULL && chdir(options->directory) != 0) {
    broke("start in %s", options->directory);
  }
  die_with(supervisor);
  set_process_limit(&options->limits);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) broke("no new privileges");
  restrict_paths(options, &enforced);
  // Marked, not closed: the status descriptor must last until execve has succeeded.
  unsigned first = (unsigned)options->keep + 1;
  if (syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC) != 0) broke("close descriptors");
  if (options->unset != NULL) unsetenv(options->unset);
  report("ready landlock=%d/%d filter=%s uid=%u", enforced.landlock_used,
         enforced.landlock_kernel, enforced.filter, getuid());
  restrict_calls(options->filter);
  run(options->command);
  broke("run %s", options->command[0]);
}
