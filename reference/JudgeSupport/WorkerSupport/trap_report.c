// Linked into every worker: says on standard error where the program trapped, then lets it die.
//
// An optimized Swift program prints nothing for an index out of range, a nil or an overflow. The
// line below lets the grader find file and line in its own copy of the binary:
//
//     chainrule-trap SIGNAL KIND PC RETURN RETURN ...   (KIND: "stack" on stack overflow, or "-")
//
// The stack is walked by the unwind tables, which are exact for every function: frame pointers
// leave out the runtime's functions and those that never return, and words that only look like
// return addresses are left over from earlier calls, of other functions perhaps.
//
// A function that ends in a call can leave its frame to what it calls. Then the call before a
// return address leads to another function than the one that runs; that one's address, after a
// `~`, stands before the return address: there the code went on in a way that left no trace.
//
// The line comes from an untrusted process, so it only decorates the verdict that the exit status
// gave already. Everything here is async-signal-safe.

#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

enum { most_frames = 64, stack_slack = 64 << 10 };

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

static void say_address(const char *before, uintptr_t address) {
  char text[32];
  char *end = put_hex(put(text, before), address);
  say(text, end);
}

// A stack that was written over leads nowhere: reading on faults, and the walk stops.
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

static int is_code(uintptr_t address) {
  return address >= (uintptr_t)__executable_start && address < (uintptr_t)etext;
}

// The function that the call before a return address names; 0 if it names none.
static uintptr_t called_before(uintptr_t address) {
  if (!is_code(address - 5)) return 0;
#if defined(__x86_64__)
  int32_t offset;
  memcpy(&offset, (const char *)address - sizeof offset, sizeof offset);
  return *(const uint8_t *)(address - 5) == 0xE8 ? address + (uintptr_t)(intptr_t)offset : 0;
#else
  uint32_t call = *(const uint32_t *)(address - 4);
  return call >> 26 == 0x25 ? address - 4 + (uintptr_t)(intptr_t)((int32_t)(call << 6) >> 4) : 0;
#endif
}

// A walk from the handler to the trap, and on from there.
struct walk {
  uintptr_t trap, inner;
  int count;
};

static _Unwind_Reason_Code say_frame(struct _Unwind_Context *context, void *raw) {
  struct walk *walk = raw;
  uintptr_t address = _Unwind_GetIP(context);
  if (address == 0) return _URC_END_OF_STACK;
  if (walk->count > 0) {
    uintptr_t called = called_before(address);
    if (walk->inner && is_code(called) && called != walk->inner) say_address(" ~", called);
    say_address(" ", address);
  }
  if (walk->count > 0 || address == walk->trap) walk->count++;
  walk->inner = _Unwind_GetRegionStart(context);
  return walk->count > most_frames ? _URC_END_OF_STACK : _URC_NO_REASON;
}

static void report(int signal, siginfo_t *info, void *raw) {
  const ucontext_t *context = raw;
#if defined(__x86_64__)
  uintptr_t pc = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
  uintptr_t stack = (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
  uintptr_t pc = context->uc_mcontext.pc;
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
  struct walk walk = {.trap = pc};
  if (sigsetjmp(end_of_walk, 0) == 0) _Unwind_Backtrace(say_frame, &walk);
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
