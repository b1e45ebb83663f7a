// Shared by the files of the launcher. What each flag means: `grader-jail --help`.
#ifndef JAIL_H
#define JAIL_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { MAX_PATHS = 128 };

/// Exit status of the launcher when the jail itself broke; the same fact, with its reason, goes to
/// the status descriptor, which no jailed program ever holds.
enum { EXIT_JAIL_BROKE = 125 };

enum access { ACCESS_READ, ACCESS_EXECUTE, ACCESS_WRITE };
enum landlock_mode { LANDLOCK_REQUIRED, LANDLOCK_OPTIONAL, LANDLOCK_OFF };
enum filter { FILTER_NONE, FILTER_COMPUTE, FILTER_READER, FILTER_COMPILER };

struct path_rule {
  const char *path;
  enum access access;
};

/// A limit that was not given is negative and leaves the inherited one in place.
struct limits {
  int64_t cpu_seconds, address_space, file_size, descriptors, processes, stack;
};

struct options {
  struct limits limits;
  struct path_rule paths[MAX_PATHS];
  size_t path_count;
  const char *give[MAX_PATHS];
  size_t give_count;
  enum landlock_mode landlock;
  enum filter filter;
  int64_t uid, gid;
  int keep;            // descriptors 0...keep reach the program
  int status, lifeline; // -1: none
  int serve;            // -1: runs one program
  int64_t first_user, user_count; // -1: in the caller's namespace of users
  bool drop_only;
  const char *unset, *directory;
  char **command;
};

/// What was really enforced, for the `ready` line.
struct enforced {
  int landlock_kernel, landlock_used; // 0: none
  const char *filter;
};

// main.c
extern const char *const filter_names[];
void parse(int count, char **arguments, struct options *options);

// report.c
void report_to(int status_descriptor);
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void broke(const char *format, ...) __attribute__((format(printf, 1, 2)));

// probe.c
void probe(const char *canary);

// limits.c
void set_limits(const struct limits *limits);
void set_process_limit(const struct limits *limits);
void give_away_and_drop(const struct options *options);

// users.c
void enter_users(int64_t first, int64_t count);

// landlock.c, filters.c
void restrict_paths(const struct options *options, struct enforced *enforced);
void restrict_calls(enum filter filter);

// confine.c, supervise.c, serve.c
_Noreturn void confine_and_run(const struct options *options, pid_t supervisor);
int supervise(const struct options *options);
_Noreturn void serve(int socket, int lifeline);
sigset_t hear_of_children(void);

#endif
