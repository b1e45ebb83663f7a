// Linked into every worker: says on standard error where the program trapped, then lets it die.
//
// An optimized Swift program prints nothing for an index out of range, a nil or an overflow. The
// line below lets the grader find file and line in its own copy of the binary:
//
//     chainrule-trap SIGNAL KIND PC RETURN RETURN ...   (KIND: "stack" on stack overflow, or "-")
//
// The runtime's own functions keep no frame pointers, nor do functions that never return, such as
// CourseKit's for an index out of range. There the chain breaks before it comes to the student's
// code. So the words on the stack that could be return addresses follow the chain, or stand in for
// it when the runtime aborts, such as on a failed cast; the grader takes the first address that
// leads to the student's code.
//
// The line comes from an untrusted process, so it only decorates the verdict that the exit status
// gave already. Everything here is async-signal-safe.

#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <ucontext.h>
#include <unistd.h>

enum { most_frames = 64, longest_frame = 64 << 20, stack_slack = 64 << 10, most_words = 4096 };

extern const char __executable_start[], etext[];

static const int fatal_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};

static char alternate_stack[64 << 10] __attribute__((aligned(16)));

static char *put(char *at, const char *text) {
  while (*text) *at++ = *text++;
  return at;
}

static char *put_hex(char *at, uintptr_t value) {
  char digits[2 * sizeof value];
  int count = 0;
  do {
    digits[count++] = "0123456789abcdef"[value & 15];
    value >>= 4;
  } while (value);
  while (count) *at++ = digits[--count];
  return at;
}

static void say(const char *from, const char *to) {
  ssize_t ignored = write(STDERR_FILENO, from, (size_t)(to - from));
  (void)ignored;
}

static void say_address(uintptr_t address) {
  char text[32];
  char *end = put_hex(put(text, " "), address);
  say(text, end);
}

// A broken chain leads nowhere, and the stack ends somewhere: reading on faults, and the walk
// stops.
static sigjmp_buf end_of_walk;

static void stop_walk(int signal) {
  (void)signal;
  siglongjmp(end_of_walk, 1);
}

static void handle(const int *signals, size_t count, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < count; i++) sigaction(signals[i], &action, NULL);
}

static void say_frames(uintptr_t frame) {
  for (int count = 0; count < most_frames && frame != 0 && frame % sizeof frame == 0; count++) {
    const uintptr_t *record = (const uintptr_t *)frame;
    if (record[1] == 0) break;
    say_address(record[1]);
    if (record[0] <= frame || record[0] - frame > longest_frame) break;
    frame = record[0];
  }
}

static void say_words(uintptr_t stack) {
  const uintptr_t *word = (const uintptr_t *)(stack & ~(sizeof stack - 1));
  int found = 0;
  for (int count = 0; count < most_words && found < most_frames; count++) {
    if (word[count] < (uintptr_t)__executable_start || word[count] >= (uintptr_t)etext) continue;
    say_address(word[count]);
    found++;
  }
}

static void report(int signal, siginfo_t *info, void *raw) {
  const ucontext_t *context = raw;
#if defined(__x86_64__)
  uintptr_t pc = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
  uintptr_t frame = (uintptr_t)context->uc_mcontext.gregs[REG_RBP];
  uintptr_t stack = (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
  uintptr_t pc = context->uc_mcontext.pc;
  uintptr_t frame = context->uc_mcontext.regs[29];
  uintptr_t stack = context->uc_mcontext.sp;
#else
#error "no register names for this architecture"
#endif
  uintptr_t address = (uintptr_t)info->si_addr;
  int overflow = signal == SIGSEGV && address - (stack - stack_slack) < 2 * stack_slack;

  char line[256];
  char *end = put(line, "\nchainrule-trap ");
  end = put_hex(end, (uintptr_t)signal);
  end = put(end, overflow ? " stack " : " - ");
  end = put_hex(end, pc);
  say(line, end);
  static const int read_faults[] = {SIGSEGV, SIGBUS};
  handle(read_faults, 2, stop_walk);
  if (signal != SIGABRT && sigsetjmp(end_of_walk, 0) == 0) say_frames(frame);
  if (sigsetjmp(end_of_walk, 0) == 0) say_words(stack);
  handle(read_faults, 2, SIG_DFL);
  end = put(line, "\n");
  say(line, end);
  // The handler is gone: on return the same instruction faults again (abort raises again), and the
  // default action gives the true exit status without a system call.
}

__attribute__((constructor)) static void install(void) {
  // What was printed before a trap is worth most, and a pipe would hold it back.
  setvbuf(stdout, NULL, _IOLBF, 0);
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  if (sigaltstack(&stack, NULL) != 0) return;
  struct sigaction action = {.sa_sigaction = report};
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof fatal_signals / sizeof *fatal_signals; i++)
    sigaction(fatal_signals[i], &action, NULL);
}
