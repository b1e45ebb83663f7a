// Misbehaves in the one way its first argument names; the tests of the jail watch what becomes of
// it.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

static int answer(long result) {
  if (result >= 0) {
    puts("allowed");
  } else {
    printf("denied %s\n", strerrorname_np(errno));
  }
  return 0;
}

static int echo(void) {
  char buffer[4096];
  ssize_t count;
  while ((count = read(0, buffer, sizeof buffer)) > 0) {
    if (write(1, buffer, (size_t)count) < 0) return 1;
  }
  return 0;
}

static int flood(long bytes) {
  static char block[65536];
  memset(block, 'x', sizeof block);
  for (long left = bytes; left > 0; left -= (long)sizeof block) {
    if (write(1, block, left < (long)sizeof block ? (size_t)left : sizeof block) < 0) return 1;
  }
  return 0;
}

static int spin(void) {
  for (volatile long i = 0;; i++) {}
}

static void on_cpu_limit(int number) { (void)number; }

static int hog(long bytes, int flags) {
  char *memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return answer(-1);
  memset(memory, 1, (size_t)bytes);
  return answer(0);
}

static void *sleep_for_ever(void *nothing) {
  pause();
  return nothing;
}

static int start_threads(long count) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 65536);
  long started = 0;
  for (pthread_t thread; started < count; started++) {
    if (pthread_create(&thread, &attributes, sleep_for_ever, NULL) != 0) break;
  }
  printf("%ld\n", started);
  fflush(stdout);
  _exit(0);
}

static int fork_bomb(long count) {
  long started = 0;
  for (; started < count; started++) {
    pid_t child = fork();
    if (child < 0) break;
    if (child == 0) {
      pause();
      _exit(0);
    }
  }
  printf("%ld\n", started);
  return 0;
}

/// Leaves a process behind that has left the session and ignores what it can.
static int leave_daemon(void) {
  pid_t child = fork();
  if (child < 0) return answer(-1);
  if (child == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_IGN);
    for (;;) pause();
  }
  usleep(50000);
  return answer(0);
}

static int list_descriptors(void) {
  for (int number = 0; number < 4096; number++) {
    if (fcntl(number, F_GETFD) >= 0) printf("%d ", number);
  }
  puts("");
  return 0;
}

static int close_passed(void) {
  puts("closing");
  fflush(stdout);
  close(3);
  return pause();
}

/// Writes each passed descriptor's own number to it.
static int say_to_passed(void) {
  for (int number = 3; number < 4096; number++) {
    char digit = (char)('0' + number);
    if (fcntl(number, F_GETFD) >= 0 && write(number, &digit, 1) < 0) return 1;
  }
  return list_descriptors();
}

/// Standard error becomes standard output, so that a reader of one sees all that could be written.
static int say_everywhere(const char *text) {
  for (int number = 1; number < 4096; number++) {
    ssize_t count = write(number == 2 ? 1 : number, text, strlen(text));
    (void)count;
  }
  return 9;
}

static int tell_identity(void) {
  printf("%u %u %d\n", getuid(), getgid(), getgroups(0, NULL));
  return 0;
}

static int tell_limits(void) {
  struct rlimit core, stack;
  getrlimit(RLIMIT_CORE, &core);
  getrlimit(RLIMIT_STACK, &stack);
  printf("%lu %lu\n", core.rlim_max, stack.rlim_max);
  return 0;
}

static int list_environment(void) {
  for (char **variable = environ; *variable != NULL; variable++) puts(*variable);
  return 0;
}

static int write_file(const char *path, long bytes) {
  int file = open(path, O_WRONLY | O_CREAT, 0644);
  if (file < 0) return answer(-1);
  close(1);
  dup2(file, 1);
  return flood(bytes);
}

static int open_often(const char *path) {
  int count = 0;
  while (count < 5000 && open(path, O_RDONLY) >= 0) count++;
  printf("%d\n", count);
  return 0;
}

static long map_code(void) {
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                    -1, 0);
  return page == MAP_FAILED ? -1 : 0;
}

static long make_code(void) {
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC);
}

static long set_own_limit(void) {
  struct rlimit limit = {0, 0};
  return setrlimit(RLIMIT_CORE, &limit);
}

static long set_limit_of_parent(void) {
  struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  return prlimit(getppid(), RLIMIT_SIGPENDING, NULL, &limit) == 0
    ? prlimit(getppid(), RLIMIT_SIGPENDING, &limit, NULL) : -1;
}

static long share_memory(void) {
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? -1 : 0;
}

/// A pointer whose low half is zero is not the null pointer.
static long set_limit_by_odd_pointer(void) {
  struct rlimit *limit = mmap((void *)0x100000000, 4096, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  return limit == MAP_FAILED ? 0 : syscall(__NR_prlimit64, 0, RLIMIT_CORE, limit, NULL);
}

static long signal_parent(void) { return syscall(__NR_tgkill, getppid(), getppid(), 0); }
static long signal_owner(void) { return fcntl(0, F_SETOWN, getppid()); }
static long live_on(void) { return prctl(PR_SET_PDEATHSIG, 0); }

static const struct {
  const char *name;
  long (*attempt)(void);
} attempts[] = {
  {"map-code", map_code}, {"make-code", make_code}, {"set-own-limit", set_own_limit},
  {"set-limit-of-parent", set_limit_of_parent},
  {"set-limit-by-odd-pointer", set_limit_by_odd_pointer}, {"signal-parent", signal_parent},
  {"share-memory", share_memory}, {"signal-owner", signal_owner}, {"live-on", live_on},
};

static int attempt(const char *name) {
  for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
    if (strcmp(attempts[i].name, name) == 0) return answer(attempts[i].attempt());
  }
  return 64;
}

/// Calls the kernel by another architecture's door, whose numbers mean other calls.
static int other_door(const char *name) {
#ifdef __x86_64__
  if (strcmp(name, "x32") == 0) syscall(0x40000000 | __NR_getpid);
  if (strcmp(name, "i386") == 0) {
    long result = 20; // getpid
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
  }
#endif
  return name == NULL ? 64 : answer(0);
}

#define CALL(name) {#name, __NR_##name}
static const struct {
  const char *name;
  long number;
} calls[] = {
  CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev), CALL(kcmp), CALL(pidfd_getfd),
  CALL(bpf), CALL(perf_event_open), CALL(userfaultfd), CALL(io_uring_setup), CALL(keyctl),
  CALL(add_key), CALL(request_key), CALL(unshare), CALL(setns), CALL(mount), CALL(umount2),
  CALL(pivot_root), CALL(chroot), CALL(open_tree), CALL(name_to_handle_at),
  CALL(open_by_handle_at), CALL(init_module), CALL(kexec_load), CALL(syslog), CALL(settimeofday),
  CALL(socketpair), CALL(memfd_create), CALL(tkill), CALL(pidfd_open), CALL(shmget),
  CALL(msgget), CALL(semget), CALL(mq_open), CALL(fchmodat), CALL(fchownat), CALL(utimensat),
  CALL(setxattr), CALL(linkat), CALL(symlinkat), CALL(mknodat), CALL(truncate), CALL(splice),
  CALL(setpriority), CALL(setsid), CALL(clone3), {"cachestat", 451},
};

/// Makes one system call with arguments that do no harm when it is let through.
static int call(const char *name) {
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    if (strcmp(calls[i].name, name) != 0) continue;
    syscall(calls[i].number, 0, 0, 0, 0, 0, 0);
    printf("returned %s\n", errno == 0 ? "0" : strerrorname_np(errno));
    return 0;
  }
  return 64;
}

int main(int count, char **arguments) {
  const char *what = count > 1 ? arguments[1] : "";
  const char *text = count > 2 ? arguments[2] : "0";
  long number = atol(text);
  if (strcmp(what, "exit") == 0) return (int)number;
  if (strcmp(what, "raise") == 0) return raise((int)number);
  if (strcmp(what, "abort") == 0) abort();
  if (strcmp(what, "echo") == 0) return echo();
  if (strcmp(what, "flood") == 0) return flood(number);
  if (strcmp(what, "spin") == 0) return spin();
  if (strcmp(what, "spin-on") == 0) return signal(SIGXCPU, on_cpu_limit), spin();
  if (strcmp(what, "sleep") == 0) return pause();
  if (strcmp(what, "hog") == 0) return hog(number, MAP_PRIVATE);
  if (strcmp(what, "hog-shared") == 0) return hog(number, MAP_SHARED);
  if (strcmp(what, "hog-growing") == 0) return hog(number, MAP_PRIVATE | MAP_GROWSDOWN);
  if (strcmp(what, "threads") == 0) return start_threads(number);
  if (strcmp(what, "fork-bomb") == 0) return fork_bomb(number);
  if (strcmp(what, "daemon") == 0) return leave_daemon();
  if (strcmp(what, "descriptors") == 0) return list_descriptors();
  if (strcmp(what, "environment") == 0) return list_environment();
  if (strcmp(what, "directory") == 0) return puts(getcwd(NULL, 0)) < 0;
  if (strcmp(what, "write-file") == 0) return write_file(text, 1 << 20);
  if (strcmp(what, "link") == 0) return answer(symlink("/etc/passwd", text));
  if (strcmp(what, "open-often") == 0) return open_often(text);
  if (strcmp(what, "attempt") == 0) return attempt(text);
  if (strcmp(what, "other-door") == 0) return other_door(text);
  if (strcmp(what, "identity") == 0) return tell_identity();
  if (strcmp(what, "limits") == 0) return tell_limits();
  if (strcmp(what, "call") == 0) return call(text);
  if (strcmp(what, "close-passed") == 0) return close_passed();
  if (strcmp(what, "say-to-passed") == 0) return say_to_passed();
  if (strcmp(what, "say-everywhere") == 0) return say_everywhere(text);
  fprintf(stderr, "jail-attacker: what is %s?\n", what);
  return 64;
}
