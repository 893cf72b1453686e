/*
 * The sessions of one shard: who may enter, and who has to leave before a barrier may pass.
 *
 * Work that may have effects enters a session and holds a guard while it runs. Closing a session lets nobody in any
 * more and tells everybody inside to stop, but forces nobody out: a drain waits until the last guard is released.
 *
 * Everything happens at once, in the thread that calls; a shard has one registry and one thread. A drain ends by a
 * call.
 *
 * Source: scylladb service/session.{hh,cc}; the rules are the dossier's, sessions.md 2.3 and 2.4.
 */
#ifndef SESSION_REGISTRY_H
#define SESSION_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

/* The session of work that nothing fences. It is always open. The null session, in contrast, is never registered. */
#define DEFAULT_SESSION "default"

struct registry;
struct guard;

enum refusal { NOT_REFUSED, SESSION_NOT_FOUND, GATE_CLOSED, ABORT_REQUESTED };

/* Called for a guard when its session begins to close; the guard is valid while the call lasts. */
typedef void abort_call(struct guard *guard, void *context);

/* Called when a drain is over. */
typedef void drain_call(void *context);

/* A registry with the default session, open. */
struct registry *registry_new(void);

/* Frees a registry with its sessions and with every guard that is still held. Nobody is called. */
void registry_free(struct registry *registry);

/* Registers a session, open. What is registered already stays as it is, closing or not. */
void registry_create(struct registry *registry, const char *id);

/* Admits work to a session. Refused with SESSION_NOT_FOUND, or GATE_CLOSED once the session is closing. */
enum refusal registry_enter(struct registry *registry, const char *id, struct guard **guard);

/* Starts closing every session but these and the default one, in the order in which they were created. */
void registry_close_all_except(struct registry *registry, const char *const *keep, size_t count);

/*
 * Calls `done` when every session that is closing by then has no guards and is forgotten.
 *
 * One drain at a time: each takes its list when its turn comes, and leaves what begins to close later to the next.
 */
void registry_drain(struct registry *registry, drain_call *done, void *context);

/* Refused with ABORT_REQUESTED once the session is closing. The guard stays: the work may not be over yet. */
enum refusal guard_check(const struct guard *guard);

/* One more guard for the same session, also when that is closing: whoever has a guard is inside. */
struct guard *guard_copy(struct guard *guard);

/* Hands everything over to a new guard, subscriptions included, and frees this one. */
struct guard *guard_move(struct guard *guard);

/* Asks to be called when the session begins to close. Refused with ABORT_REQUESTED where the call would never come. */
enum refusal guard_on_abort(struct guard *guard, abort_call *call, void *context);

/* Lets go, and frees the guard with its subscriptions. */
void guard_release(struct guard *guard);

#endif
