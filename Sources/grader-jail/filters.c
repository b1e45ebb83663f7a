// Which system calls each kind of program may make.
//   compute   a static program that computes and talks over descriptors it was given; everything
//             that is not listed is refused
//   reader    the same, and what the dynamic linker and a reader of files need
//   compiler  everything but what is listed: no second process, no socket, no other process's
//             business, and the changes to files that Landlock does not see
// Calls that no honest program makes end the process (SIGSYS), so that the attempt is on record.
#define _GNU_SOURCE
#include "assembler.h"
#include "jail.h"

#include <asm/termbits.h>
#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define ALWAYS {{UNUSED, 0, 0, 0}}
#define REFUSE(code) (SECCOMP_RET_ERRNO | (code))
#define ALLOW(name) {__NR_##name, SECCOMP_RET_ALLOW, ALWAYS}
#define ALLOW_IF(name, ...) {__NR_##name, SECCOMP_RET_ALLOW, {__VA_ARGS__}}
#define DENY(name) {__NR_##name, REFUSE(EPERM), ALWAYS}
#define DENY_IF(name, ...) {__NR_##name, REFUSE(EPERM), {__VA_ARGS__}}
#define KILL(name) {__NR_##name, SECCOMP_RET_KILL_PROCESS, ALWAYS}
#define BITS(argument, mask, value) {MASKED, argument, (uint32_t)(mask), (uint32_t)(value)}
#define EQUALS(argument, value) BITS(argument, ~0u, value)
#define IS_NULL(argument) {NULL_POINTER, argument, 0, 0}
#define IS_OWN_PROCESS(argument) {OWN_PROCESS, argument, 0, 0}
#define UNNAMED_FILE 020000000 // O_TMPFILE without its O_DIRECTORY
#define ADD(rules) add_rules(rules, sizeof(rules) / sizeof(rules)[0])

/// The first system call that is younger than these tables: "not there", as on an older kernel.
enum { FIRST_UNKNOWN_CALL = 451 };

static const struct rule never[] = {
  KILL(ptrace), KILL(process_vm_readv), KILL(process_vm_writev), KILL(kcmp), KILL(pidfd_getfd),
  KILL(bpf), KILL(perf_event_open), KILL(userfaultfd),
  KILL(io_uring_setup), KILL(io_uring_enter), KILL(io_uring_register),
  KILL(keyctl), KILL(add_key), KILL(request_key),
  KILL(unshare), KILL(setns), KILL(mount), KILL(umount2), KILL(pivot_root), KILL(chroot),
  KILL(fsopen), KILL(fsconfig), KILL(fsmount), KILL(fspick), KILL(move_mount), KILL(open_tree),
  KILL(mount_setattr), KILL(name_to_handle_at), KILL(open_by_handle_at),
  KILL(kexec_load), KILL(init_module), KILL(finit_module), KILL(delete_module),
  KILL(reboot), KILL(swapon), KILL(swapoff), KILL(acct), KILL(quotactl), KILL(syslog),
  KILL(settimeofday), KILL(clock_settime), KILL(adjtimex), KILL(clock_adjtime),
  KILL(sethostname), KILL(setdomainname), KILL(vhangup), KILL(fanotify_init),
#ifdef __x86_64__
  KILL(iopl), KILL(ioperm), KILL(modify_ldt),
#endif
};

/// Threads, but no processes. The C library falls back to `clone` when `clone3`, whose flags lie
/// in memory where a filter cannot look, is "not there".
static const struct rule threads_only[] = {
  ALLOW_IF(clone, BITS(0, CLONE_THREAD, CLONE_THREAD)),
  DENY(clone),
  {__NR_clone3, REFUSE(ENOSYS), ALWAYS},
  // Who is killed or stopped was so from outside: a program can't pretend to be.
  DENY_IF(tgkill, EQUALS(2, SIGKILL)), DENY_IF(tgkill, EQUALS(2, SIGSTOP)),
  DENY_IF(tgkill, EQUALS(2, SIGTSTP)), DENY_IF(tgkill, EQUALS(2, SIGTTIN)),
  DENY_IF(tgkill, EQUALS(2, SIGTTOU)),
  ALLOW_IF(tgkill, IS_OWN_PROCESS(0)), // raise and abort
  DENY(tgkill),
  ALLOW_IF(prlimit64, IS_NULL(2)), // reading one's limits
  DENY(prlimit64),
};

static const struct rule compute[] = {
  ALLOW(read), ALLOW(write), ALLOW(readv), ALLOW(writev), ALLOW(close), ALLOW(fstat),
  ALLOW(recvfrom), ALLOW_IF(sendto, IS_NULL(4)), ALLOW(shutdown), ALLOW(ppoll), ALLOW(pselect6),
  ALLOW(epoll_create1), ALLOW(epoll_ctl), ALLOW(epoll_pwait), ALLOW(eventfd2),
  ALLOW(timerfd_create), ALLOW(timerfd_settime),
  ALLOW_IF(fcntl, EQUALS(1, F_GETFD)), ALLOW_IF(fcntl, EQUALS(1, F_SETFD)),
  ALLOW_IF(fcntl, EQUALS(1, F_GETFL)), ALLOW_IF(fcntl, EQUALS(1, F_SETFL)),
  ALLOW_IF(ioctl, EQUALS(1, TCGETS)), // isatty
  ALLOW(munmap), ALLOW(mremap), ALLOW(madvise), ALLOW(brk), ALLOW(membarrier),
  ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn), ALLOW(rt_sigsuspend),
  ALLOW(rt_sigpending), ALLOW(rt_sigtimedwait), ALLOW(sigaltstack), ALLOW(restart_syscall),
  ALLOW(pipe2), // leads nowhere but back into the process
  ALLOW(futex), ALLOW(set_tid_address), ALLOW(set_robust_list), ALLOW(get_robust_list),
  ALLOW(rseq), ALLOW(exit), ALLOW(exit_group), ALLOW(execve),
  ALLOW(sched_yield), ALLOW(sched_getaffinity), ALLOW(sched_getparam), ALLOW(sched_getscheduler),
  ALLOW(sched_get_priority_max), ALLOW(sched_get_priority_min), ALLOW(getcpu),
  ALLOW(nanosleep), ALLOW(clock_nanosleep), ALLOW(clock_gettime), ALLOW(clock_getres),
  ALLOW(gettimeofday), ALLOW(times), ALLOW(getrusage), ALLOW(sysinfo), ALLOW(uname),
  ALLOW(getpid), ALLOW(gettid), ALLOW(getppid), ALLOW(getuid), ALLOW(geteuid), ALLOW(getgid),
  ALLOW(getegid), ALLOW(getrandom),
  ALLOW_IF(prctl, EQUALS(0, PR_SET_NAME)), ALLOW_IF(prctl, EQUALS(0, PR_GET_NAME)),
  ALLOW(readlinkat), // a static Swift program reads the link /proc/self/exe before main, or aborts
#ifdef __x86_64__
  ALLOW(readlink), ALLOW(arch_prctl), ALLOW(poll), ALLOW(select), ALLOW(epoll_wait), ALLOW(time),
  ALLOW(getrlimit), ALLOW(pause),
#endif
};

/// Private memory that is never executable: no code is made at run time, no memory is shared, and
/// every page counts against the limit of address space.
static const struct rule plain_memory[] = {
  ALLOW_IF(mmap, BITS(2, PROT_EXEC, 0), BITS(3, MAP_SHARED | MAP_GROWSDOWN, 0)),
  ALLOW_IF(mprotect, BITS(2, PROT_EXEC | PROT_GROWSDOWN | PROT_GROWSUP, 0)),
};

static const struct rule reading_files[] = {
  ALLOW_IF(openat, BITS(2, O_ACCMODE | O_CREAT | O_TRUNC | UNNAMED_FILE, O_RDONLY)),
  {__NR_openat2, REFUSE(ENOSYS), ALWAYS}, // its flags lie in memory
  ALLOW(newfstatat), ALLOW(statx), ALLOW(faccessat), ALLOW(faccessat2), ALLOW(lseek),
  ALLOW(pread64), ALLOW(preadv), ALLOW(getdents64), ALLOW(getcwd), ALLOW(fadvise64),
  ALLOW(fstatfs), ALLOW(dup),
  // The dynamic linker maps code, but nothing may be writable and executable at once.
  ALLOW_IF(mmap, BITS(2, PROT_WRITE | PROT_EXEC, PROT_EXEC), BITS(3, MAP_SHARED, 0)),
  ALLOW_IF(mprotect, BITS(2, PROT_WRITE | PROT_EXEC, PROT_EXEC)),
#ifdef __x86_64__
  ALLOW_IF(open, BITS(1, O_ACCMODE | O_CREAT | O_TRUNC | UNNAMED_FILE, O_RDONLY)),
  ALLOW(stat), ALLOW(lstat), ALLOW(access), ALLOW(getdents),
#endif
};

static const struct rule compiler[] = {
  DENY(socket), DENY(socketpair), DENY(bind), DENY(connect), DENY(listen), DENY(accept),
  DENY(accept4), DENY(memfd_create), DENY(memfd_secret), DENY(splice), DENY(vmsplice), DENY(tee),
  DENY(kill), DENY(tkill), DENY(rt_sigqueueinfo), DENY(rt_tgsigqueueinfo),
  DENY(pidfd_open), DENY(pidfd_send_signal), DENY(process_madvise), DENY(process_mrelease),
  DENY(fchmod), DENY(fchmodat), DENY(fchown), DENY(fchownat), DENY(utimensat),
  DENY(setxattr), DENY(lsetxattr), DENY(fsetxattr),
  DENY(removexattr), DENY(lremovexattr), DENY(fremovexattr),
  DENY(linkat), DENY(symlinkat), DENY(mknodat), DENY(truncate),
  DENY(shmget), DENY(shmat), DENY(shmctl), DENY(msgget), DENY(semget), DENY(mq_open),
  DENY(setpriority), DENY(sched_setscheduler), DENY(sched_setattr), DENY(ioprio_set),
  DENY(setrlimit), DENY(setsid), DENY(setpgid), DENY(personality), DENY(inotify_init1),
  // SIGIO reaches whom a descriptor names as its owner, and ends it.
  {__NR_fcntl, REFUSE(EPERM), {EQUALS(1, F_SETOWN)}},
  {__NR_fcntl, REFUSE(EPERM), {EQUALS(1, F_SETOWN_EX)}},
  {__NR_prctl, REFUSE(EPERM), {EQUALS(0, PR_SET_PDEATHSIG)}},
  {__NR_prctl, REFUSE(EPERM), {EQUALS(0, PR_SET_DUMPABLE)}},
  {__NR_prctl, REFUSE(EPERM), {EQUALS(0, PR_SET_CHILD_SUBREAPER)}},
#ifdef __x86_64__
  DENY(fork), DENY(vfork), DENY(chmod), DENY(chown), DENY(lchown), DENY(utime), DENY(utimes),
  DENY(futimesat), DENY(link), DENY(symlink), DENY(mknod), DENY(inotify_init),
#endif
};

void restrict_calls(enum filter filter) {
  if (filter == FILTER_NONE) return;
  begin_filter();
  add_rule_from(FIRST_UNKNOWN_CALL, REFUSE(ENOSYS));
  ADD(never);
  ADD(threads_only);
  if (filter == FILTER_COMPILER) {
    ADD(compiler);
    install_filter(SECCOMP_RET_ALLOW);
    return;
  }
  ADD(compute);
  ADD(plain_memory);
  if (filter == FILTER_READER) ADD(reading_files);
  install_filter(REFUSE(EPERM));
}
