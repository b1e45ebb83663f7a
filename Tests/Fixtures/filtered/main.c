// filtered KIND PROGRAM ARGUMENT...: runs a program as under a container's filter of system calls.
//
//   landlock    the kernel seems to have no Landlock: ENOSYS, as of calls that no profile knows
//   namespaces  no user namespaces: EPERM for `unshare`, and for `clone` with such a flag
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define UNLESS(value, skipped) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped)
#define UNLESS_ANY(bits, skipped) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, skipped)
#define ANSWER(code) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (code))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define NUMBER offsetof(struct seccomp_data, nr)
// Its low half, on a little-endian machine.
#define FIRST_ARGUMENT offsetof(struct seccomp_data, args)

static struct sock_filter landlock[] = {
  LOAD(NUMBER), UNLESS(SYS_landlock_create_ruleset, 1), ANSWER(ENOSYS), ALLOW,
};

// The flags of `clone3` lie in memory, where no filter looks: without it the C library takes
// `clone`.
static struct sock_filter namespaces[] = {
  LOAD(NUMBER), UNLESS(SYS_clone3, 1), ANSWER(ENOSYS), UNLESS(SYS_unshare, 1), ANSWER(EPERM),
  UNLESS(SYS_clone, 3), LOAD(FIRST_ARGUMENT), UNLESS_ANY(CLONE_NEWUSER, 1), ANSWER(EPERM), ALLOW,
};

#define PROGRAM(filter) {sizeof(filter) / sizeof *(filter), filter}

int main(int count, char **arguments) {
  static const struct sock_fprog programs[] = {PROGRAM(landlock), PROGRAM(namespaces)};
  const char *kind = count > 2 ? arguments[1] : "";
  int chosen = strcmp(kind, "landlock") == 0 ? 0 : strcmp(kind, "namespaces") == 0 ? 1 : -1;
  if (chosen < 0) {
    fputs("usage: filtered landlock|namespaces PROGRAM [ARGUMENT ...]\n", stderr);
    return 64;
  }
  // As in a container: who may do without leaves programs the way to more rights.
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &programs[chosen]) != 0
      && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
          || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &programs[chosen]) != 0)) {
    perror("filtered");
    return 70;
  }
  execv(arguments[2], arguments + 2);
  perror(arguments[2]);
  return 71;
}
