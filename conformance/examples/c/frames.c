#define _POSIX_C_SOURCE 200809L
#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The longest line in bytes, without its line break. */
enum { LONGEST_LINE = 1 << 20 };

/* Whether there is somebody to take inputs: after a start, and until it dies. */
static bool is_started;

/* Where goes what is said. */
static struct text *out;

void say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  json_vput(out, format, arguments);
  va_end(arguments);
}

void say_read(const struct json *value) { say("%.*s", (int)value->length, value->source); }

void say_numbers(const uint16_t *numbers, size_t count) {
  say("[");
  for (size_t at = 0; at < count; at++) say("%u", numbers[at]);
  say("]");
}

static bool is_number(const struct json *value, double number) {
  return value != NULL && value->kind == JSON_NUMBER && value->number == number;
}

static const char *hello(const struct json *offered, struct text *ok) {
  const struct json *major = json_get(offered, "major"), *minor = json_first(offered, "minor");
  if (major == NULL || minor == NULL) return "bad-args";
  /* The first is the lowest minor version that the kit speaks. */
  if (!is_number(major, 1) || !is_number(minor, 0)) return "version";
  json_put(ok, "{'protocol':{'major':1,'minor':0},'roles':['%s']", adapter.role);
  json_put(ok, "'iut':{'name':'%s','version':'1.0','language':'c'}", adapter.name);
  json_put(ok, "'caps':{'batch':true,'reset':'soft','seed':%s", adapter.seed ? "true" : "false");
  json_put(ok, "'ops':['inputs'");
  if (adapter.observable != NULL) json_put(ok, "'observe'],'observe':['%s'", adapter.observable);
  json_put(ok, "]}}");
  return NULL;
}

static bool is_kind(const struct json *object, const char *name, enum json_kind kind) {
  const struct json *member = json_get(object, name);
  return member != NULL && member->kind == kind;
}

static const char *start(const struct json *how) {
  if (!is_kind(how, "role", JSON_STRING)) return "bad-args";
  if (strcmp(json_text(how, "role"), adapter.role) != 0) return "unsupported";
  adapter.start();
  is_started = true;
  return NULL;
}

/* Writes what may be observed, or null where nobody is alive to show it; says whether somebody is. */
static bool observe(struct text *state) {
  size_t begin = state->length;
  json_put(state, "{'%s':", adapter.observable);
  size_t named = state->length;
  out = state;
  adapter.observe();
  bool is_alive = state->length > named;
  if (!is_alive) text_cut(state, begin);
  json_put(state, is_alive ? "}" : "null");
  return is_alive;
}

static const char *input(const struct json *given, struct text *outputs) {
  if (!is_kind(given, "_tag", JSON_STRING)) return "bad-args";
  if (!is_started) return "not-ready";
  json_put(outputs, "[");
  out = outputs;
  const char *error = adapter.input(given);
  json_put(outputs, "]");
  return error;
}

/* A whole sequence after a start of its own. It ends with the implementation. */
static const char *inputs(const struct json *frame, struct text *ok) {
  if (!is_kind(frame, "inputs", JSON_ARRAY)) return "bad-args";
  const char *error = start(json_get(frame, "start"));
  struct text states = {0};
  json_put(&states, "[");
  json_put(ok, "{'outputs':[");
  for (const struct json *given = json_first(frame, "inputs"); given != NULL; given = given->next) {
    if (!is_started || error != NULL) break;
    error = input(given, ok);
    if (adapter.observable == NULL) continue;
    is_started = observe(&states);
  }
  json_put(ok, "]");
  if (adapter.observable != NULL) json_put(ok, "'states':%s]", states.chars);
  json_put(ok, "}");
  free(states.chars);
  return error;
}

/* Carries out one operation and writes its answer. */
static const char *operate(const struct json *frame, struct text *ok) {
  const char *op = json_text(frame, "op"), *error = NULL;
  struct text state = {0};
  if (strcmp(op, "hello") == 0) {
    error = hello(json_get(frame, "protocol"), ok);
  } else if (strcmp(op, "start") == 0) {
    error = start(frame);
    json_put(ok, "{}");
  } else if (strcmp(op, "input") == 0) {
    json_put(ok, "{'outputs':");
    error = input(json_get(frame, "input"), ok);
    json_put(ok, "}");
    if (error == NULL && adapter.observable != NULL) is_started = observe(&state);
  } else if (strcmp(op, "inputs") == 0) {
    error = inputs(frame, ok);
  } else if (strcmp(op, "observe") == 0 && adapter.observable != NULL) {
    error = is_started && observe(&state) ? NULL : "not-ready";
    json_put(ok, "{'state':%s}", error == NULL ? state.chars : "{}");
  } else {
    error = "unsupported";
  }
  free(state.chars);
  return error;
}

/* Reads the next line. One that is too long is empty instead, and takes no more memory than the longest that is allowed. */
static bool next_line(char *line, size_t *length) {
  bool is_any = false;
  *length = 0;
  for (int next; (next = getchar_unlocked()) != EOF;) {
    is_any = true;
    if (next == '\n') break;
    if (*length <= LONGEST_LINE + 1) line[(*length)++] = (char)next;
  }
  if (*length > 0 && *length <= LONGEST_LINE + 1 && line[*length - 1] == '\r') *length -= 1;
  if (*length > LONGEST_LINE) *length = 0;
  return is_any;
}

/* What is no object has no fields, so this says so of everything that is no frame. */
static bool is_frame(const struct json *frame, long long id) {
  return is_number(json_get(frame, "id"), (double)id) && is_kind(frame, "op", JSON_STRING);
}

int main(void) {
  struct text answer = {0};
  char *line = malloc(LONGEST_LINE + 2);
  for (size_t length; line != NULL && next_line(line, &length);) {
    struct json *frame = json_read(line, length);
    long long id = json_integer(frame, "id");
    if (!is_number(json_get(frame, "id"), (double)id)) id = 0;
    if (strcmp(json_text(frame, "op"), "bye") == 0) {
      json_free(frame);
      break;
    }
    text_cut(&answer, 0);
    json_put(&answer, "{'id':%lld,'ok':", id);
    const char *error = is_frame(frame, id) ? operate(frame, &answer) : "malformed";
    if (error != NULL) {
      text_cut(&answer, 0);
      json_put(&answer, "{'id':%lld,'err':{'code':'%s'}", id, error);
    }
    printf("%s}\n", answer.chars);
    fflush(stdout);
    json_free(frame);
  }
  free(answer.chars);
  free(line);
}
