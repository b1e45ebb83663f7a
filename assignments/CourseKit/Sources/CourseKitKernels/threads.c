#include "CourseKitThreads.h"

#if defined(_WIN32) || defined(__wasi__)

// Without POSIX threads loops run on the caller's, which changes no number.
void ck_use_threads(ptrdiff_t count) { (void)count; }

ptrdiff_t ck_threads(void) { return 1; }

void ck_share(ptrdiff_t count, ptrdiff_t grain, ck_part part, void *context) {
  (void)grain;
  if (count > 0) part(context, 0, 0, count);
}

#else

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

enum { most_threads = 64, turns_of_waiting = 4000 };

// The loop that is being done. Only `next` changes while it is.
typedef struct {
  ck_part part;
  void *context;
  ptrdiff_t count, grain, threads;
} loop;

static _Atomic ptrdiff_t wanted = 1;
static _Atomic ptrdiff_t next;
static _Atomic unsigned long rounds;
static _Thread_local bool is_busy;

// One caller at a time has the pool; `lock` guards what follows it.
static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER, lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER, left = PTHREAD_COND_INITIALIZER;
static pthread_t threads[most_threads];
static _Atomic ptrdiff_t inside;
static ptrdiff_t started;
static bool is_open, ends;
static _Atomic bool is_refused;
static loop current;

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Takes a part of what is left, and says where it begins. Parts get smaller, down to the grain, so
// that the threads come to an end together.
static ptrdiff_t take_part(const loop *l, ptrdiff_t *end) {
  ptrdiff_t first = atomic_load(&next);
  do {
    const ptrdiff_t rest = l->count - first, share = rest / (2 * l->threads);
    const ptrdiff_t size = share > l->grain ? share : l->grain;
    *end = size < rest ? first + size : l->count;
  } while (first < l->count && !atomic_compare_exchange_weak(&next, &first, *end));
  return first;
}

static void do_parts(const loop *l, ptrdiff_t slot) {
  is_busy = true;
  ptrdiff_t end;
  for (;;) {
    const ptrdiff_t first = take_part(l, &end);
    if (first >= l->count) break;
    l->part(l->context, slot, first, end);
  }
  is_busy = false;
}

// The next loop often comes at once: it is cheaper to look for it for a while than to sleep.
static void await_round(unsigned long seen) {
  for (int turn = 0; turn < turns_of_waiting; turn++) {
    if (atomic_load_explicit(&rounds, memory_order_acquire) != seen) return;
    relax();
  }
}

// Parts end at nearly the same time: it is cheaper to look for it for a while than to sleep.
static void await_others(void) {
  for (int turn = 0; turn < turns_of_waiting && atomic_load(&inside) > 0; turn++) relax();
}

static void *work(void *number) {
  const ptrdiff_t slot = (ptrdiff_t)number;
  unsigned long seen = 0;
  for (;;) {
    await_round(seen);
    pthread_mutex_lock(&lock);
    while (!ends && (!is_open || seen == atomic_load(&rounds))) pthread_cond_wait(&wake, &lock);
    seen = atomic_load(&rounds);
    const bool is_over = ends;
    const loop mine = current;
    // There may be more threads than this loop has slots for.
    const bool takes_part = !is_over && slot < mine.threads;
    if (takes_part) inside++;
    pthread_mutex_unlock(&lock);
    if (is_over) return NULL;
    if (!takes_part) continue;
    do_parts(&mine, slot);
    pthread_mutex_lock(&lock);
    if (--inside == 0) pthread_cond_signal(&left);
    pthread_mutex_unlock(&lock);
  }
}

// A process that ends leaves no thread behind; one that ends in the middle of a loop cannot wait.
static void end_threads(void) {
  if (is_busy || pthread_mutex_trylock(&owner) != 0) return;
  pthread_mutex_lock(&lock);
  ends = true;
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  for (ptrdiff_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
  started = 0;
  ends = false;
  pthread_mutex_unlock(&owner);
}

// A child of fork has the caller's thread only, and no loop going on.
static void forget_threads(void) {
  pthread_mutex_init(&owner, NULL);
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&wake, NULL);
  pthread_cond_init(&left, NULL);
  started = inside = 0;
  is_open = is_refused = false;
}

static void prepare_ends(void) {
  atexit(end_threads);
  pthread_atfork(NULL, NULL, forget_threads);
}

// The pool's owner calls this. Signals stay with the program's own threads. Where the system has
// refused one, it is not asked again for every loop.
static void start_threads(ptrdiff_t count) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (started >= count || atomic_load(&is_refused)) return;
  pthread_once(&once, prepare_ends);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (started < count) {
    const ptrdiff_t slot = started + 1;
    if (pthread_create(&threads[started], NULL, work, (void *)slot) != 0) {
      atomic_store(&is_refused, true);
      break;
    }
    started = slot;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void ck_use_threads(ptrdiff_t count) {
  atomic_store(&is_refused, false);
  atomic_store(&wanted, count < 1 ? 1 : count > most_threads ? most_threads : count);
}

ptrdiff_t ck_threads(void) { return atomic_load_explicit(&wanted, memory_order_relaxed); }

void ck_share(ptrdiff_t count, ptrdiff_t grain, ck_part part, void *context) {
  const ptrdiff_t limit = ck_threads();
  if (count <= 0) return;
  if (limit == 1 || count <= grain || is_busy || pthread_mutex_trylock(&owner) != 0) {
    part(context, 0, 0, count);
    return;
  }
  start_threads(limit - 1);
  if (started == 0) {
    pthread_mutex_unlock(&owner);
    part(context, 0, 0, count);
    return;
  }
  const loop mine = {part, context, count, grain, started < limit ? started + 1 : limit};

  pthread_mutex_lock(&lock);
  current = mine;
  atomic_store(&next, 0);
  is_open = true;
  atomic_fetch_add(&rounds, 1);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);

  do_parts(&mine, 0);

  // Threads that have not come by now are not waited for.
  pthread_mutex_lock(&lock);
  is_open = false;
  pthread_mutex_unlock(&lock);
  await_others();
  pthread_mutex_lock(&lock);
  while (inside > 0) pthread_cond_wait(&left, &lock);
  pthread_mutex_unlock(&lock);
  pthread_mutex_unlock(&owner);
}

#endif
