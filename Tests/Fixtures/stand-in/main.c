// Stands in for the compiler's front end: misbehaves as a line `// stand-in: ...` of the code that
// it compiles says, and is the real one, which a link beside it names, where no line does.
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

/// The word behind the mark in a file; empty if there is none.
static const char *order_in(const char *path) {
  static const char mark[] = "// stand-in: ";
  static char line[4096];
  FILE *file = fopen(path, "r");
  if (file == NULL) return "";
  while (fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, mark, strlen(mark)) != 0) continue;
    line[strcspn(line, "\n")] = 0;
    fclose(file);
    return line + strlen(mark);
  }
  fclose(file);
  return "";
}

static int eat(void) {
  while (malloc(64 << 20) != NULL) {}
  fputs("LLVM ERROR: out of memory\n", stderr);
  abort();
}

static int flood(void) {
  for (int i = 0; i < 100000; i++) puts("0123456789");
  return 1;
}

static int obey(const char *order) {
  if (strcmp(order, "spin") == 0) for (volatile int i = 0;; i++) {}
  if (strcmp(order, "sleep") == 0) for (;;) pause();
  if (strcmp(order, "eat") == 0) return eat();
  if (strcmp(order, "flood") == 0) return flood();
  if (strcmp(order, "crash") == 0) abort();
  fprintf(stderr, "stand-in: %s?\n", order);
  return 64;
}

int main(int count, char **arguments) {
  bool compiles = false;
  for (int i = 1; i < count; i++) compiles |= strcmp(arguments[i], "-c") == 0;
  for (int i = 1; compiles && i < count; i++) {
    const char *order = ends_with(arguments[i], ".swift") ? order_in(arguments[i]) : "";
    if (strcmp(order, "nap") == 0) sleep(3);
    else if (*order != 0) return obey(order);
  }
  char link[4096], real[2048] = "", libraries[8192];
  snprintf(link, sizeof link, "%s.real", arguments[0]);
  if (readlink(link, real, sizeof real - 1) > 0) {
    // It would look for its libraries beside the program that the jail was asked for.
    const char *lib = "../lib/swift";
    int folder = (int)(strrchr(real, '/') - real);
    snprintf(libraries, sizeof libraries, "%.*s/%s/linux:%.*s/%s/host/compiler", folder, real, lib,
             folder, real, lib);
    setenv("LD_LIBRARY_PATH", libraries, 1);
    execv(real, arguments);
  }
  perror(link);
  return 70;
}
