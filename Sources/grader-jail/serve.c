// Several programs in one set of namespaces, each with a supervisor of its own, as if it were
// alone.
//
// The grader sends an order for each: its descriptors, of which the last two are status and
// lifeline, and the options, the program's arguments and its environment as one text. The
// supervisor's first word is a message of one byte, by whose sender the grader learns its number.
#define _GNU_SOURCE
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONGEST_ORDER = 64 * 1024, MAX_DESCRIPTORS = 16, MAX_WORDS = 1024 };

struct order {
  char text[LONGEST_ORDER + 1];
  size_t length;
  int descriptors[MAX_DESCRIPTORS];
  int count;
};

/// False when there will be no more orders, or one came that was cut short.
static bool receive(int socket, struct order *order) {
  union {
    char bytes[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
    struct cmsghdr aligned;
  } control;
  struct iovec text = {.iov_base = order->text, .iov_len = LONGEST_ORDER};
  struct msghdr message = {
    .msg_iov = &text, .msg_iovlen = 1, .msg_control = control.bytes,
    .msg_controllen = sizeof control.bytes,
  };
  ssize_t length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (length <= 0 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) return false;
  order->length = (size_t)length;
  order->text[length] = '\0';
  order->count = 0;
  struct cmsghdr *part = CMSG_FIRSTHDR(&message);
  if (part == NULL || part->cmsg_type != SCM_RIGHTS) return false;
  order->count = (int)((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
  memcpy(order->descriptors, CMSG_DATA(part), (size_t)order->count * sizeof(int));
  return true;
}

/// Puts the order's descriptors at 0, 1, 2 and so on, and closes all others.
static void take_descriptors(const struct order *order) {
  int copies[MAX_DESCRIPTORS];
  for (int i = 0; i < order->count; i++) {
    copies[i] = fcntl(order->descriptors[i], F_DUPFD_CLOEXEC, 2 * MAX_DESCRIPTORS);
    if (copies[i] < 0) _exit(EXIT_JAIL_BROKE);
  }
  for (int i = 0; i < order->count; i++) dup2(copies[i], i);
  syscall(SYS_close_range, (unsigned)order->count, ~0U, 0);
}

/// Splits the text into arguments and, after an empty word, variables of the environment.
static int split(struct order *order, char **arguments, char **variables) {
  int count = 0, variable_count = 0;
  bool is_environment = false;
  char *end = order->text + order->length;
  for (char *word = order->text; word < end; word += strlen(word) + 1) {
    if (count + variable_count == MAX_WORDS) _exit(EXIT_JAIL_BROKE);
    if (*word == '\0' && !is_environment) is_environment = true;
    else if (is_environment) variables[variable_count++] = word;
    else arguments[count++] = word;
  }
  arguments[count] = variables[variable_count] = NULL;
  return count;
}

static _Noreturn void obey(int socket, struct order *order) {
  static char *arguments[MAX_WORDS + 1], *variables[MAX_WORDS + 1];
  static struct options options;
  setsid();
  if (send(socket, "", 1, MSG_NOSIGNAL) != 1) _exit(EXIT_JAIL_BROKE);
  take_descriptors(order);
  int count = split(order, arguments, variables);
  environ = variables;
  parse(count, arguments, &options);
  exit(supervise(&options));
}

/// What a supervisor that somebody killed had just begun to start is in its session still.
static void reap(void) {
  pid_t ended;
  while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) kill(-ended, SIGKILL);
}

void serve(int socket, int lifeline) {
  static struct order order;
  sigset_t awake = hear_of_children();
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  report("ready landlock=0/0 filter=none uid=%u", getuid());
  for (;;) {
    reap();
    struct pollfd ends[] = {{.fd = socket, .events = POLLIN}, {.fd = lifeline, .events = POLLIN}};
    if (ppoll(ends, 2, NULL, &awake) < 0) continue;
    if (ends[1].revents != 0 || !receive(socket, &order)) break;
    pid_t supervisor = fork();
    if (supervisor == 0) obey(socket, &order);
    if (supervisor < 0) broke("fork");
    for (int i = 0; i < order.count; i++) close(order.descriptors[i]);
  }
  // The first process of a namespace ends all others with it.
  report("ended 0 killed=0 cpu=0 peak=0");
  _exit(EXIT_SUCCESS);
}
