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
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

// How often a thread looks for more to do before it sleeps, for a fifth of a millisecond or so;
// before it helps another that is at work; and before it lets others have the processor.
enum {
  most_threads = 64,
  turns_of_waiting = 8000,
  turns_before_help = 500,
  turns_of_keeping = 128
};

// What a slot is to do of a loop; others help once their own is done. Each has its line of memory.
typedef struct {
  _Alignas(64) _Atomic ptrdiff_t next;
  ptrdiff_t first, end;
} share;

// The loop that is being done. Only what is left of the shares changes while anybody does it.
static struct {
  ck_part part;
  void *context;
  ptrdiff_t grain, slots;
  share shares[most_threads];
} loop;

// The number of the loop, whether threads may still come to it, and how many of the pool's are at
// it, in one word: who comes knows by the same step that it is not over.
enum { one_thread = 1ul, is_open = 1ul << 16, one_loop = 1ul << 17 };
static _Atomic unsigned long state;

static _Atomic ptrdiff_t wanted = 1;
static _Thread_local bool is_busy;

// One caller at a time has the pool. `lock` is for those who sleep: of them `sleepers` wait for
// a loop, and the caller, if `is_awaited`, for the last thread to leave one.
static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER, lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER, left = PTHREAD_COND_INITIALIZER;
static _Atomic ptrdiff_t sleepers;
static _Atomic bool is_awaited, ends, is_refused;
static pthread_t threads[most_threads];
static ptrdiff_t started;

// One turn of waiting. Now and then whoever else wants the processor has it: the thread that is
// waited for may be among them.
static void relax(int turn) {
  if (turn % turns_of_keeping == turns_of_keeping - 1) sched_yield();
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Does a share, or helps with it. Parts get smaller, down to the grain, so that the threads come
// to an end together.
static void do_share(share *s, ptrdiff_t slot) {
  ptrdiff_t first = atomic_load_explicit(&s->next, memory_order_relaxed);
  while (first < s->end) {
    const ptrdiff_t rest = s->end - first, half = rest / 2;
    const ptrdiff_t size = half > loop.grain ? half : loop.grain;
    const ptrdiff_t end = size < rest ? first + size : s->end;
    if (!atomic_compare_exchange_weak_explicit(
          &s->next, &first, end, memory_order_relaxed, memory_order_relaxed)) {
      continue;
    }
    loop.part(loop.context, slot, first, end);
    first = atomic_load_explicit(&s->next, memory_order_relaxed);
  }
}

// What a share's own thread has in its cache comes slowly to another: if it is at work, it is left
// alone for a while.
static void await_owner(const share *s) {
  for (int turn = 0; turn < turns_before_help; turn++) {
    const ptrdiff_t next = atomic_load_explicit(&s->next, memory_order_relaxed);
    if (next == s->first || next >= s->end) return;
    relax(turn);
  }
}

// A slot begins with its own share, which is the same part of every loop of the same length: what
// lies in a processor's cache is used there again.
static void do_shares(ptrdiff_t slot) {
  is_busy = true;
  do_share(&loop.shares[slot], slot);
  for (ptrdiff_t i = 1; i < loop.slots; i++) {
    share *other = &loop.shares[(slot + i) % loop.slots];
    await_owner(other);
    do_share(other, slot);
  }
  is_busy = false;
}

// Whether there is a loop that a thread has not seen, or the end.
static bool is_news(unsigned long seen) {
  const unsigned long now = atomic_load(&state);
  return (now & is_open && now / one_loop != seen) || atomic_load(&ends);
}

// The next loop often comes at once: it is cheaper to look for it for a while than to sleep.
static void await_news(unsigned long seen) {
  for (int turn = 0; turn < turns_of_waiting; turn++) {
    if (is_news(seen)) return;
    relax(turn);
  }
  pthread_mutex_lock(&lock);
  sleepers++;
  while (!is_news(seen)) pthread_cond_wait(&wake, &lock);
  sleepers--;
  pthread_mutex_unlock(&lock);
}

// Comes to the loop that is open, if one is still.
static bool enter(unsigned long *seen) {
  unsigned long now = atomic_load(&state);
  while (now & is_open && now / one_loop != *seen) {
    if (!atomic_compare_exchange_weak(&state, &now, now + one_thread)) continue;
    *seen = now / one_loop;
    return true;
  }
  return false;
}

static bool is_deserted(unsigned long now) { return now % is_open == 0; }

static void leave(void) {
  if (!is_deserted(atomic_fetch_sub(&state, one_thread) - one_thread)) return;
  if (!atomic_load(&is_awaited)) return;
  pthread_mutex_lock(&lock);
  pthread_cond_signal(&left);
  pthread_mutex_unlock(&lock);
}

static void *work(void *number) {
  const ptrdiff_t slot = (ptrdiff_t)number;
  unsigned long seen = 0;
  while (!atomic_load(&ends)) {
    await_news(seen);
    if (!enter(&seen)) continue;
    // There may be more threads than this loop has slots for.
    if (slot < loop.slots) do_shares(slot);
    leave();
  }
  return NULL;
}

static void wake_sleepers(void) {
  if (atomic_load(&sleepers) == 0) return;
  pthread_mutex_lock(&lock);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
}

// Closes the loop: threads that have not come by now are not waited for, the others are. Parts end
// at nearly the same time, and so this looks for a while before it sleeps.
static void await_others(void) {
  atomic_fetch_and(&state, ~is_open);
  for (int turn = 0; turn < turns_of_waiting; turn++) {
    if (is_deserted(atomic_load(&state))) return;
    relax(turn);
  }
  pthread_mutex_lock(&lock);
  atomic_store(&is_awaited, true);
  while (!is_deserted(atomic_load(&state))) pthread_cond_wait(&left, &lock);
  atomic_store(&is_awaited, false);
  pthread_mutex_unlock(&lock);
}

// A process that ends leaves no thread behind; one that ends in the middle of a loop cannot wait.
static void end_threads(void) {
  if (is_busy || pthread_mutex_trylock(&owner) != 0) return;
  atomic_store(&ends, true);
  wake_sleepers();
  for (ptrdiff_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
  started = 0;
  atomic_store(&ends, false);
  pthread_mutex_unlock(&owner);
}

// A child of fork has the caller's thread only, and no loop going on.
static void forget_threads(void) {
  pthread_mutex_init(&owner, NULL);
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&wake, NULL);
  pthread_cond_init(&left, NULL);
  started = sleepers = 0;
  state = 0;
  is_awaited = is_refused = false;
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
  const ptrdiff_t present = started < limit ? started + 1 : limit;
  const ptrdiff_t parts = (count - 1) / grain + 1, slots = parts < present ? parts : present;
  loop.part = part;
  loop.context = context;
  loop.grain = grain;
  loop.slots = slots;
  for (ptrdiff_t slot = 0; slot < slots; slot++) {
    share *s = &loop.shares[slot];
    s->first = count * slot / slots;
    s->end = count * (slot + 1) / slots;
    atomic_store_explicit(&s->next, s->first, memory_order_relaxed);
  }
  atomic_fetch_add(&state, one_loop | is_open);
  wake_sleepers();
  do_shares(0);
  await_others();
  pthread_mutex_unlock(&owner);
}

#endif
