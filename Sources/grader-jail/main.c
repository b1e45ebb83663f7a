// grader-jail: limits, Landlock and a filter of system calls round one untrusted program.
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const filter_names[] = {
  [FILTER_NONE] = "none", [FILTER_COMPUTE] = "compute", [FILTER_READER] = "reader",
  [FILTER_COMPILER] = "compiler",
};
static const char *const landlock_names[] = {
  [LANDLOCK_REQUIRED] = "required", [LANDLOCK_OPTIONAL] = "optional", [LANDLOCK_OFF] = "off",
};

static const char help[] =
  "usage: grader-jail [OPTION ...] -- PROGRAM [ARGUMENT ...]\n"
  "       grader-jail --serve FD --status FD --lifeline FD\n"
  "\n"
  "Runs PROGRAM (an absolute path) under limits and restrictions, waits for it, and kills it when\n"
  "the lifeline is cut. The environment is handed on as it is.\n"
  "\n"
  "what the program may do\n"
  "  --filter KIND          system calls: compute | reader | compiler | none (default compute)\n"
  "  --landlock MODE        required | optional | off (default required)\n"
  "  --read PATH            may read what lies at or beneath PATH\n"
  "  --execute PATH         may read and execute it\n"
  "  --write PATH           may read, write, create and remove files, but no links or devices\n"
  "  --keep N               descriptors 0 to N reach the program (default 2); others are closed\n"
  "\n"
  "what it may use (default: what the caller has)\n"
  "  --cpu SECONDS          CPU time of the process: SIGXCPU, a second later SIGKILL\n"
  "  --address-space BYTES  --file-size BYTES  --stack BYTES  --descriptors N\n"
  "  --processes N          processes and threads of its user\n"
  "\n"
  "as whom (only root can)\n"
  "  --uid N --gid N        drops to this user and group, without others\n"
  "  --give DIRECTORY       first makes the directory the user's\n"
  "  --users FIRST:COUNT    enters a namespace of these users of the machine, as its root\n"
  "  --drop-only            no limits, no supervision: drops and executes PROGRAM\n"
  "\n"
  "for the grader\n"
  "  --directory PATH       where the program starts\n"
  "  --status FD            reports in lines: `ready ...` before the program starts, `fault\n"
  "                         ERRNO WHAT` when the jail broke, `ended STATUS ...` at the end\n"
  "  --lifeline FD          when the other end is closed, the program is killed\n"
  "  --serve FD             runs the programs that are ordered over this socket\n"
  "  --unset NAME           removes one variable from the environment\n"
  "  --probe FILE           runs no program: says what is allowed where it runs, FILE being one\n"
  "                         that a jailed program must not read\n"
  "\n"
  "Exits as the program did, with 128 + n after signal n, with 125 when the jail broke.\n";

enum flag {
  FLAG_FILTER = 1, FLAG_LANDLOCK, FLAG_READ, FLAG_EXECUTE, FLAG_WRITE, FLAG_KEEP, FLAG_CPU,
  FLAG_ADDRESS_SPACE, FLAG_FILE_SIZE, FLAG_STACK, FLAG_DESCRIPTORS, FLAG_PROCESSES, FLAG_UID,
  FLAG_GID, FLAG_GIVE, FLAG_DROP_ONLY, FLAG_STATUS, FLAG_LIFELINE, FLAG_UNSET, FLAG_DIRECTORY,
  FLAG_PROBE, FLAG_SERVE, FLAG_USERS, FLAG_HELP,
};

static const struct option flags[] = {
  {"filter", required_argument, NULL, FLAG_FILTER},
  {"landlock", required_argument, NULL, FLAG_LANDLOCK},
  {"read", required_argument, NULL, FLAG_READ},
  {"execute", required_argument, NULL, FLAG_EXECUTE},
  {"write", required_argument, NULL, FLAG_WRITE},
  {"keep", required_argument, NULL, FLAG_KEEP},
  {"cpu", required_argument, NULL, FLAG_CPU},
  {"address-space", required_argument, NULL, FLAG_ADDRESS_SPACE},
  {"file-size", required_argument, NULL, FLAG_FILE_SIZE},
  {"stack", required_argument, NULL, FLAG_STACK},
  {"descriptors", required_argument, NULL, FLAG_DESCRIPTORS},
  {"processes", required_argument, NULL, FLAG_PROCESSES},
  {"uid", required_argument, NULL, FLAG_UID},
  {"gid", required_argument, NULL, FLAG_GID},
  {"give", required_argument, NULL, FLAG_GIVE},
  {"drop-only", no_argument, NULL, FLAG_DROP_ONLY},
  {"status", required_argument, NULL, FLAG_STATUS},
  {"lifeline", required_argument, NULL, FLAG_LIFELINE},
  {"unset", required_argument, NULL, FLAG_UNSET},
  {"directory", required_argument, NULL, FLAG_DIRECTORY},
  {"probe", required_argument, NULL, FLAG_PROBE},
  {"serve", required_argument, NULL, FLAG_SERVE},
  {"users", required_argument, NULL, FLAG_USERS},
  {"help", no_argument, NULL, FLAG_HELP},
  {NULL, 0, NULL, 0},
};

static int64_t number(const char *text) {
  char *end;
  errno = 0;
  long long value = strtoll(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < 0) broke("%s is no number", text);
  return value;
}

static int choice(const char *text, const char *const names[], int count) {
  for (int i = 0; i < count; i++) {
    if (strcmp(text, names[i]) == 0) return i;
  }
  errno = 0;
  broke("%s is not known", text);
}

static void add_path(struct options *options, const char *path, enum access access) {
  errno = 0;
  if (options->path_count == MAX_PATHS) broke("more than %d paths", MAX_PATHS);
  options->paths[options->path_count++] = (struct path_rule){path, access};
}

static void add_gift(struct options *options, const char *path) {
  errno = 0;
  if (options->give_count == MAX_PATHS) broke("more than %d paths", MAX_PATHS);
  options->give[options->give_count++] = path;
}

static void take_users(struct options *options, const char *range) {
  char first[32];
  const char *colon = strchr(range, ':');
  errno = 0;
  if (colon == NULL || colon - range >= (long)sizeof first) broke("%s is no range", range);
  snprintf(first, sizeof first, "%.*s", (int)(colon - range), range);
  options->first_user = number(first);
  options->user_count = number(colon + 1);
}

static void take(struct options *options, enum flag flag, const char *value) {
  struct limits *limits = &options->limits;
  switch (flag) {
  case FLAG_FILTER: options->filter = (enum filter)choice(value, filter_names, 4); break;
  case FLAG_LANDLOCK:
    options->landlock = (enum landlock_mode)choice(value, landlock_names, 3);
    break;
  case FLAG_READ: add_path(options, value, ACCESS_READ); break;
  case FLAG_EXECUTE: add_path(options, value, ACCESS_EXECUTE); break;
  case FLAG_WRITE: add_path(options, value, ACCESS_WRITE); break;
  case FLAG_KEEP: options->keep = (int)number(value); break;
  case FLAG_CPU: limits->cpu_seconds = number(value); break;
  case FLAG_ADDRESS_SPACE: limits->address_space = number(value); break;
  case FLAG_FILE_SIZE: limits->file_size = number(value); break;
  case FLAG_STACK: limits->stack = number(value); break;
  case FLAG_DESCRIPTORS: limits->descriptors = number(value); break;
  case FLAG_PROCESSES: limits->processes = number(value); break;
  case FLAG_UID: options->uid = number(value); break;
  case FLAG_GID: options->gid = number(value); break;
  case FLAG_GIVE: add_gift(options, value); break;
  case FLAG_DROP_ONLY: options->drop_only = true; break;
  case FLAG_STATUS: options->status = (int)number(value); report_to(options->status); break;
  case FLAG_LIFELINE: options->lifeline = (int)number(value); break;
  case FLAG_UNSET: options->unset = value; break;
  case FLAG_DIRECTORY: options->directory = value; break;
  case FLAG_PROBE: probe(value); exit(EXIT_SUCCESS);
  case FLAG_SERVE: options->serve = (int)number(value); break;
  case FLAG_USERS: take_users(options, value); break;
  case FLAG_HELP: fputs(help, stdout); exit(EXIT_SUCCESS);
  }
}

static const struct options defaults = {
  .limits = {-1, -1, -1, -1, -1, -1}, .uid = -1, .gid = -1, .keep = 2, .status = -1,
  .lifeline = -1, .serve = -1, .first_user = -1, .landlock = LANDLOCK_REQUIRED,
  .filter = FILTER_COMPUTE,
};

void parse(int count, char **arguments, struct options *options) {
  *options = defaults;
  opterr = 0;
  optind = 0; // from the beginning, whatever was parsed before
  for (;;) {
    int flag = getopt_long(count, arguments, "+", flags, NULL);
    if (flag == -1) break;
    errno = 0;
    if (flag == '?') broke("%s", arguments[optind - 1]);
    take(options, (enum flag)flag, optarg);
  }
  options->command = arguments + optind;
  errno = 0;
  if (optind == count && options->serve < 0) broke("no program given; see --help");
  if ((options->uid < 0) != (options->gid < 0)) broke("--uid and --gid go together");
}

int main(int count, char **arguments) {
  static struct options options;
  parse(count, arguments, &options);
  setsid(); // the terminal's signals are the grader's alone; fails, harmlessly, in a shell's job
  if (options.serve >= 0) serve(options.serve, options.lifeline);
  if (!options.drop_only) return supervise(&options);
  give_away_and_drop(&options);
  if (options.first_user >= 0) enter_users(options.first_user, options.user_count);
  execve(options.command[0], options.command, environ);
  broke("run %s", options.command[0]);
}
