// `grader-jail --probe CANARY`, run inside the jail that is being examined: tries what a jail must
// deny and what it must allow, and says in lines how each attempt went. Run without a jail, the
// same attempts succeed; the grader checks that too, or a denial would prove nothing.
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *canary;

static bool read_canary(void) { return open(canary, O_RDONLY | O_CLOEXEC) >= 0; }

static bool write_beside_canary(void) {
  char path[4096];
  snprintf(path, sizeof path, "%s.written", canary);
  int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) unlink(path);
  return file >= 0;
}

static bool read_process_list(void) { return open("/proc/1/stat", O_RDONLY | O_CLOEXEC) >= 0; }
static bool open_network(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static bool open_local_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }

static bool fork_process(void) {
  pid_t child = fork();
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, NULL, 0);
  return child > 0;
}

static bool signal_supervisor(void) { return kill(getppid(), 0) == 0; }
static bool make_memory_file(void) { return memfd_create("probe", 0) >= 0; }

static bool raise_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return false;
  return setrlimit(RLIMIT_CORE, &limit) == 0; // to what it is: refused only by a filter
}

static bool inherit_descriptor(void) {
  for (int number = 3; number < 1024; number++) {
    if (fcntl(number, F_GETFD) >= 0) return true;
  }
  return false;
}

static void *nothing(void *argument) { return argument; }

static bool start_thread(void) {
  pthread_t thread;
  return pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0;
}

static void on_signal(int number) { (void)number; }

static bool handle_signal(void) {
  static char stack[65536];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
  return sigaltstack(&alternate, NULL) == 0 && sigaction(SIGUSR1, &action, NULL) == 0
    && raise(SIGUSR1) == 0;
}

static const struct {
  const char *name;
  bool (*succeeds)(void);
} attempts[] = {
  {"inherit-descriptor", inherit_descriptor}, // first: the others leave descriptors open
  {"read-canary", read_canary}, {"write-file", write_beside_canary},
  {"read-process-list", read_process_list}, {"open-network", open_network},
  {"open-local-socket", open_local_socket}, {"fork-process", fork_process},
  {"signal-supervisor", signal_supervisor}, {"make-memory-file", make_memory_file},
  {"raise-limit", raise_limit},
  {"start-thread", start_thread}, {"handle-signal", handle_signal},
};

void probe(const char *path) {
  canary = path;
  for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
    errno = 0;
    bool succeeded = attempts[i].succeeds();
    const char *reason = succeeded || errno == 0 ? "" : strerrorname_np(errno);
    printf("%s %s %s\n", attempts[i].name, succeeded ? "allowed" : "denied", reason);
  }
}
