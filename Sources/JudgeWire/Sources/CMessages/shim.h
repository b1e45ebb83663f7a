// What cmsg(3) does by macros, which Swift does not see: descriptors that travel with a message.
#ifndef CHAINRULE_CMESSAGES_SHIM_H
#define CHAINRULE_CMESSAGES_SHIM_H

#include <string.h>
#include <sys/socket.h>

enum { chainrule_bytesOfTwo = 2 * sizeof(int) };

/// Room for two descriptors beside a message, as the system lays them out.
typedef union {
  struct cmsghdr alignment;
  char bytes[CMSG_SPACE(chainrule_bytesOfTwo)];
} chainrule_Control;

/// Sends a message with two descriptors, of which the other side gets copies.
static inline ssize_t chainrule_send(int socket, const void *text, size_t count, const int two[2]) {
  struct iovec part = {(void *)text, count};
  chainrule_Control control = {0};
  struct msghdr message = {0, 0, &part, 1, &control, sizeof control, 0};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_len = CMSG_LEN(chainrule_bytesOfTwo);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  memcpy(CMSG_DATA(header), two, chainrule_bytesOfTwo);
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

/// Waits for a message with two descriptors; -1 if there comes none, or others than two with it.
static inline ssize_t chainrule_receive(int socket, void *text, size_t count, int two[2]) {
  struct iovec part = {text, count};
  chainrule_Control control = {0};
  struct msghdr message = {0, 0, &part, 1, &control, sizeof control, 0};
  ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = received < 0 ? 0 : CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_len != CMSG_LEN(chainrule_bytesOfTwo)
      || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
    return -1;
  memcpy(two, CMSG_DATA(header), chainrule_bytesOfTwo);
  return received;
}

#endif
