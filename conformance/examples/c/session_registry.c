#include "session_registry.h"

#include <stdlib.h>
#include <string.h>

struct subscription {
  struct guard *guard;
  abort_call *call;
  void *context;
  struct subscription *next;
};

/* Open, then closing, then forgotten, and never back. */
struct session {
  struct registry *registry;
  char *id;
  /* Guards that are inside. The gate is closed once nobody gets in any more. */
  struct guard *guards;
  bool gate_closed;
  /* In the order in which they came. None is taken any more once those inside are being told to stop. */
  struct subscription *subscriptions;
  bool abort_requested;
  /* All sessions in the order of their creation, and those that are closing, the last to close first. */
  struct session *next, *next_closing;
};

struct guard {
  struct session *session;
  struct guard *next;
};

struct drain {
  drain_call *done;
  void *context;
  /* What it waits for, next first; taken when its turn comes. */
  struct session **sessions;
  size_t at, count;
  struct drain *next;
};

struct registry {
  struct session *sessions, *closing;
  /* The first is going on, the others wait for their turn. */
  struct drain *drains;
};

static void *allocated(size_t size) {
  void *memory = calloc(1, size);
  if (memory == NULL) abort();
  return memory;
}

/* ---- sessions */

static struct session *find(const struct registry *registry, const char *id) {
  struct session *session = registry->sessions;
  while (session != NULL && strcmp(session->id, id) != 0) session = session->next;
  return session;
}

static void free_session(struct session *session) {
  for (struct guard *guard = session->guards, *next; guard != NULL; guard = next) {
    next = guard->next;
    free(guard);
  }
  for (struct subscription *subscription = session->subscriptions, *next; subscription != NULL; subscription = next) {
    next = subscription->next;
    free(subscription);
  }
  free(session->id);
  free(session);
}

static void forget(struct registry *registry, struct session *session) {
  struct session **at = &registry->closing;
  while (*at != session) at = &(*at)->next_closing;
  *at = session->next_closing;
  for (at = &registry->sessions; *at != session;) at = &(*at)->next;
  *at = session->next;
  free_session(session);
}

/* Tells those inside to stop, in the order in which they asked; their guards are valid until all were told. */
static void start_closing(struct session *session) {
  session->abort_requested = true;
  session->next_closing = session->registry->closing;
  session->registry->closing = session;
  while (session->subscriptions != NULL) {
    struct subscription *subscription = session->subscriptions;
    session->subscriptions = subscription->next;
    subscription->call(subscription->guard, subscription->context);
    free(subscription);
  }
  session->gate_closed = true;
}

/* ---- drains */

static void take_list(struct registry *registry, struct drain *drain) {
  size_t count = 0;
  for (struct session *session = registry->closing; session != NULL; session = session->next_closing) count++;
  /* One more than needed, so that an empty list is a list too. */
  drain->sessions = allocated((count + 1) * sizeof *drain->sessions);
  for (struct session *session = registry->closing; session != NULL; session = session->next_closing)
    drain->sessions[drain->count++] = session;
}

static void free_drain(struct drain *drain) {
  free(drain->sessions);
  free(drain);
}

/* Forgets the sessions on the first drain's list, up to one that somebody is in; then the next drain has its turn. */
static void go_on(struct registry *registry) {
  while (registry->drains != NULL) {
    struct drain *drain = registry->drains;
    if (drain->sessions == NULL) take_list(registry, drain);
    for (; drain->at < drain->count; drain->at++) {
      struct session *session = drain->sessions[drain->at];
      if (session->guards != NULL || !session->gate_closed) return;
      forget(registry, session);
    }
    registry->drains = drain->next;
    drain->done(drain->context);
    free_drain(drain);
  }
}

/* ---- the registry */

struct registry *registry_new(void) {
  struct registry *registry = allocated(sizeof *registry);
  registry_create(registry, DEFAULT_SESSION);
  return registry;
}

void registry_free(struct registry *registry) {
  if (registry == NULL) return;
  for (struct session *session = registry->sessions, *next; session != NULL; session = next) {
    next = session->next;
    free_session(session);
  }
  for (struct drain *drain = registry->drains, *next; drain != NULL; drain = next) {
    next = drain->next;
    free_drain(drain);
  }
  free(registry);
}

void registry_create(struct registry *registry, const char *id) {
  struct session **last = &registry->sessions;
  while (*last != NULL && strcmp((*last)->id, id) != 0) last = &(*last)->next;
  if (*last != NULL) return;
  struct session *session = allocated(sizeof *session);
  session->registry = registry;
  session->id = strcpy(allocated(strlen(id) + 1), id);
  *last = session;
}

static struct guard *new_guard(struct session *session) {
  struct guard *guard = allocated(sizeof *guard);
  guard->session = session;
  guard->next = session->guards;
  session->guards = guard;
  return guard;
}

enum refusal registry_enter(struct registry *registry, const char *id, struct guard **guard) {
  struct session *session = find(registry, id);
  if (session == NULL) return SESSION_NOT_FOUND;
  if (session->gate_closed) return GATE_CLOSED;
  *guard = new_guard(session);
  return NOT_REFUSED;
}

static bool is_kept(const struct session *session, const char *const *keep, size_t count) {
  if (strcmp(session->id, DEFAULT_SESSION) == 0) return true;
  for (size_t at = 0; at < count; at++)
    if (strcmp(session->id, keep[at]) == 0) return true;
  return false;
}

void registry_close_all_except(struct registry *registry, const char *const *keep, size_t count) {
  /* Nothing is forgotten while its gate is open, so the session at hand outlives the calls of its subscribers. */
  for (struct session *session = registry->sessions; session != NULL; session = session->next)
    if (!session->abort_requested && !is_kept(session, keep, count)) start_closing(session);
  go_on(registry);
}

void registry_drain(struct registry *registry, drain_call *done, void *context) {
  struct drain **last = &registry->drains;
  while (*last != NULL) last = &(*last)->next;
  struct drain *drain = allocated(sizeof *drain);
  drain->done = done;
  drain->context = context;
  *last = drain;
  go_on(registry);
}

/* ---- guards */

enum refusal guard_check(const struct guard *guard) {
  return guard->session->gate_closed ? ABORT_REQUESTED : NOT_REFUSED;
}

struct guard *guard_copy(struct guard *guard) {
  return new_guard(guard->session);
}

static void free_guard(struct guard *guard) {
  struct guard **at = &guard->session->guards;
  while (*at != guard) at = &(*at)->next;
  *at = guard->next;
  free(guard);
}

struct guard *guard_move(struct guard *guard) {
  struct guard *to = new_guard(guard->session);
  for (struct subscription *at = guard->session->subscriptions; at != NULL; at = at->next)
    if (at->guard == guard) at->guard = to;
  free_guard(guard);
  return to;
}

enum refusal guard_on_abort(struct guard *guard, abort_call *call, void *context) {
  if (guard->session->abort_requested) return ABORT_REQUESTED;
  struct subscription **last = &guard->session->subscriptions;
  while (*last != NULL) last = &(*last)->next;
  *last = allocated(sizeof **last);
  **last = (struct subscription){guard, call, context, NULL};
  return NOT_REFUSED;
}

void guard_release(struct guard *guard) {
  struct session *session = guard->session;
  for (struct subscription **at = &session->subscriptions; *at != NULL;) {
    struct subscription *subscription = *at;
    if (subscription->guard != guard) {
      at = &subscription->next;
      continue;
    }
    *at = subscription->next;
    free(subscription);
  }
  free_guard(guard);
  go_on(session->registry);
}
