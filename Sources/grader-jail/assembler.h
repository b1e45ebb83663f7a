// A small assembler for filters of system calls.
#ifndef ASSEMBLER_H
#define ASSEMBLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A condition on one argument of a system call.
struct check {
  enum { UNUSED, MASKED, NULL_POINTER, OWN_PROCESS } kind;
  uint8_t argument;
  uint32_t mask, value; // MASKED: (low 32 bits & mask) == value; the kernel ignores the rest
};

enum { MAX_CHECKS = 2 };

/// `action` applies to call `number` when all checks hold; otherwise later rules are asked.
struct rule {
  uint32_t number, action;
  struct check checks[MAX_CHECKS];
};

void begin_filter(void);
void add_rules(const struct rule *rules, size_t count);
void add_rule_from(uint32_t first_number, uint32_t action);
void install_filter(uint32_t otherwise);

#endif
