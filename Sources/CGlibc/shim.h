// Functions of the C library that Swift's Glibc module does not show, since it is built without
// _GNU_SOURCE. Declared as glibc declares them.
#ifndef CHAINRULE_CGLIBC_SHIM_H
#define CHAINRULE_CGLIBC_SHIM_H

#include <spawn.h>
#include <string.h>
#include <sys/socket.h>

/// `pipe` that is close-on-exec from the first moment: another thread may spawn at any time.
extern int pipe2(int descriptors[2], int flags);

extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// What cmsg(3) does by macros, which Swift does not see.

enum { chainrule_mostDescriptors = 16, chainrule_bytesOfMost = chainrule_mostDescriptors * 4 };

/// Sends a message with descriptors, of which the other side gets copies.
static inline ssize_t chainrule_send_descriptors(int socket, const void *text, size_t length,
                                                 const int *descriptors, size_t count) {
  union {
    struct cmsghdr aligned;
    char bytes[CMSG_SPACE(chainrule_bytesOfMost)];
  } control = {0};
  struct iovec part = {(void *)text, length};
  struct msghdr message = {0, 0, &part, 1, &control, CMSG_SPACE(count * sizeof(int)), 0};
  if (count > chainrule_mostDescriptors) return -1;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_len = CMSG_LEN(count * sizeof(int));
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

/// Has a socket tell who sends what comes over it; 0 if it does.
static inline int chainrule_ask_for_senders(int socket) {
  int yes = 1;
  return setsockopt(socket, SOL_SOCKET, 16 /* SO_PASSCRED */, &yes, sizeof yes);
}

/// Takes a message of one byte.
///
/// The number of the process that sent it, as the receiver numbers processes; -1 if there comes
/// none.
static inline int chainrule_sender(int socket) {
  struct {
    int process;
    unsigned user, group;
  } sender;
  union {
    struct cmsghdr aligned;
    char bytes[CMSG_SPACE(sizeof sender)];
  } control = {0};
  char byte;
  struct iovec part = {&byte, 1};
  struct msghdr message = {0, 0, &part, 1, &control, sizeof control, 0};
  if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1) return -1;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_type != 2 /* SCM_CREDENTIALS */) return -1;
  memcpy(&sender, CMSG_DATA(header), sizeof sender);
  return sender.process;
}

#endif
