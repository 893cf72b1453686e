/* The adapter of session_registry.c. */
#include <stdlib.h>
#include <string.h>

#include "frames.h"
#include "session_registry.h"

/* What the inputs call a guard, as it stands in JSON. */
static struct name {
  const char *text;
  struct guard *guard;
  struct name *next;
} *names;
static struct registry *registry;

static struct name *named(const struct json *input, const char *field) {
  const char *text = json_kept(input, field);
  struct name *name = names;
  while (name != NULL && name->text != text) name = name->next;
  if (name != NULL || *text == '\0') return name;
  name = calloc(1, sizeof *name);
  *name = (struct name){text, NULL, names};
  names = name;
  return name;
}

static void start(void) {
  registry_free(registry);
  registry = registry_new();
  for (struct name *name = names; name != NULL; name = name->next) name->guard = NULL;
}

static void aborted(struct guard *guard, void *unused) {
  const struct name *name = names;
  while (name->guard != guard) name = name->next;
  (void)unused;
  const char *valid = guard_check(guard) == NOT_REFUSED ? "true" : "false";
  say("{'_tag':'Aborted','guard':%s,'valid':%s}", name->text, valid);
}

static void drained(void *drain) { say("{'_tag':'Drained','drain':%s}", (const char *)drain); }

static void close_all_except(const struct json *first) {
  const char *keep[json_count(first) + 1];
  size_t count = 0;
  for (const struct json *session = first; session != NULL; session = session->next) keep[count++] = session->string;
  registry_close_all_except(registry, keep, count);
}

static const char *input(const struct json *given) {
  static const char *const reasons[] = {NULL, "SessionNotFound", "GateClosed", "AbortRequested"};
  const char *tag = json_text(given, "_tag"), *session = json_text(given, "session"), *drain = json_kept(given, "drain");
  struct name *name = named(given, "guard"), *copy = named(given, "copy"), *to = named(given, "to");
  struct guard *guard = name == NULL ? NULL : name->guard;
  enum refusal refusal = NOT_REFUSED;
  if (!strcmp(tag, "Create")) registry_create(registry, session);
  else if (!strcmp(tag, "CloseAllExcept")) close_all_except(json_first(given, "keep"));
  else if (!strcmp(tag, "Drain") && *drain) registry_drain(registry, drained, (void *)drain);
  else if (!strcmp(tag, "Enter") && name) refusal = registry_enter(registry, session, &name->guard);
  else if (!strcmp(tag, "Check") && guard) refusal = guard_check(guard);
  else if (!strcmp(tag, "Subscribe") && guard) refusal = guard_on_abort(guard, aborted, NULL);
  else if (!strcmp(tag, "Copy") && guard && copy) copy->guard = guard_copy(guard);
  else if (!strcmp(tag, "Move") && guard && to) to->guard = guard_move(guard), name->guard = NULL;
  else if (!strcmp(tag, "Release") && guard) guard_release(guard), name->guard = NULL;
  else return "bad-args";
  if (refusal == NOT_REFUSED) say("{'_tag':'Done'}");
  else say("{'_tag':'Refused','reason':'%s'}", reasons[refusal]);
  return NULL;
}

const struct adapter adapter = {"sessions/registry", "session_registry.c", start, input, .seed = true};
