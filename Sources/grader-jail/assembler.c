#define _GNU_SOURCE
#include "assembler.h"
#include "jail.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "grader-jail knows the system calls of x86_64 and aarch64 only"
#endif

enum { MAX_LENGTH = 2048, X32_BIT = 0x40000000 };

static struct sock_filter code[MAX_LENGTH];
static unsigned length;

static void emit(uint16_t operation, uint8_t if_true, uint8_t if_false, uint32_t operand) {
  errno = 0;
  if (length == MAX_LENGTH) broke("filter of more than %d instructions", MAX_LENGTH);
  code[length++] = (struct sock_filter){operation, if_true, if_false, operand};
}

static void load(size_t offset) { emit(BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset); }
static void answer(uint32_t action) { emit(BPF_RET | BPF_K, 0, 0, action); }
static void load_number(void) { load(offsetof(struct seccomp_data, nr)); }

static size_t low_half(uint8_t argument) {
  return offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t); // little-endian
}

void begin_filter(void) {
  length = 0;
  load(offsetof(struct seccomp_data, arch));
  emit(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, THIS_ARCHITECTURE);
  answer(SECCOMP_RET_KILL_PROCESS);
  load_number();
#if defined(__x86_64__)
  emit(BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32_BIT);
  answer(SECCOMP_RET_KILL_PROCESS);
#endif
}

/// Jumps that wait for the end of their rule, where they go when the comparison fails.
struct misses {
  unsigned at[1 + 2 * MAX_CHECKS], count;
};

static void compare(uint32_t value, struct misses *misses) {
  misses->at[misses->count++] = length;
  emit(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, value);
}

static void add_check(const struct check *check, struct misses *misses) {
  load(low_half(check->argument));
  switch (check->kind) {
  case UNUSED: break;
  case OWN_PROCESS: compare((uint32_t)getpid(), misses); break;
  case MASKED:
    emit(BPF_ALU | BPF_AND | BPF_K, 0, 0, check->mask);
    compare(check->value, misses);
    break;
  case NULL_POINTER:
    compare(0, misses);
    load(low_half(check->argument) + sizeof(uint32_t));
    compare(0, misses);
    break;
  }
}

static void add_rule(const struct rule *rule) {
  struct misses misses = {.count = 0};
  compare(rule->number, &misses);
  bool checked = rule->checks[0].kind != UNUSED;
  for (int i = 0; i < MAX_CHECKS && rule->checks[i].kind != UNUSED; i++) {
    add_check(&rule->checks[i], &misses);
  }
  answer(rule->action);
  for (unsigned i = 0; i < misses.count; i++) {
    unsigned jump = misses.at[i];
    code[jump].jf = (uint8_t)(length - jump - 1);
  }
  if (checked) load_number();
}

void add_rules(const struct rule *rules, size_t count) {
  for (size_t i = 0; i < count; i++) add_rule(&rules[i]);
}

void add_rule_from(uint32_t first_number, uint32_t action) {
  emit(BPF_JMP | BPF_JGE | BPF_K, 0, 1, first_number);
  answer(action);
}

void install_filter(uint32_t otherwise) {
  answer(otherwise);
  struct sock_fprog program = {.len = (unsigned short)length, .filter = code};
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) broke("seccomp filter");
}
