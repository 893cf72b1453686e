/* The adapter of session_registry.c. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "frames.h"
#include "session_registry.h"

/* What the inputs call a guard or a drain, as it stands in JSON. Names are kept, for they come again. */
static struct name {
  char *text;
  struct guard *guard;
  struct name *next;
} *names;
static struct registry *registry;
static struct text *out;

static struct name *named(const struct json *input, const char *field) {
  const struct json *value = json_get(input, field);
  struct name **at = &names;
  if (value == NULL) return NULL;
  while (*at != NULL && (strncmp((*at)->text, value->source, value->length) != 0 || (*at)->text[value->length] != '\0'))
    at = &(*at)->next;
  if (*at == NULL) {
    *at = calloc(1, sizeof **at);
    (*at)->text = strndup(value->source, value->length);
  }
  return *at;
}

static void start(void) {
  registry_free(registry);
  registry = registry_new();
  for (struct name *name = names; name != NULL; name = name->next) name->guard = NULL;
}

static void aborted(struct guard *guard, void *context) {
  const struct name *name = names;
  while (name->guard != guard) name = name->next;
  (void)context;
  text_item(out, "{\"_tag\":\"Aborted\",\"guard\":%s,\"valid\":%s}", name->text, guard_check(guard) ? "false" : "true");
}

static void drained(void *drain) {
  text_item(out, "{\"_tag\":\"Drained\",\"drain\":%s}", ((const struct name *)drain)->text);
}

static void close_all_except(const struct json *first) {
  const char *keep[json_count(first) + 1];
  size_t count = 0;
  for (const struct json *session = first; session != NULL; session = session->next) keep[count++] = session->string;
  registry_close_all_except(registry, keep, count);
}

static const char *input(const struct json *given, struct text *outputs) {
  static const char *const reasons[] = {NULL, "SessionNotFound", "GateClosed", "AbortRequested"};
  const char *tag = json_text(given, "_tag"), *session = json_text(given, "session");
  struct name *name = named(given, "guard"), *copy = named(given, "copy"), *to = named(given, "to");
  struct guard *guard = name == NULL ? NULL : name->guard;
  enum refusal refusal = NOT_REFUSED;
  out = outputs;
  if (!strcmp(tag, "Create")) registry_create(registry, session);
  else if (!strcmp(tag, "CloseAllExcept")) close_all_except(json_first(given, "keep"));
  else if (!strcmp(tag, "Drain")) registry_drain(registry, drained, named(given, "drain"));
  else if (!strcmp(tag, "Enter") && name) refusal = registry_enter(registry, session, &name->guard);
  else if (!strcmp(tag, "Check") && guard) refusal = guard_check(guard);
  else if (!strcmp(tag, "Subscribe") && guard) refusal = guard_on_abort(guard, aborted, NULL);
  else if (!strcmp(tag, "Copy") && guard && copy) copy->guard = guard_copy(guard);
  else if (!strcmp(tag, "Move") && guard && to) to->guard = guard_move(guard), name->guard = NULL;
  else if (!strcmp(tag, "Release") && guard) guard_release(guard), name->guard = NULL;
  else return "bad-args";
  if (refusal == NOT_REFUSED) text_item(out, "{\"_tag\":\"Done\"}");
  else text_item(out, "{\"_tag\":\"Refused\",\"reason\":\"%s\"}", reasons[refusal]);
  return NULL;
}

int main(void) {
  serve(&(struct adapter){.role = "sessions/registry", .name = "session_registry.c", .start = start, .input = input});
}
