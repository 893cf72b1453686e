#define _POSIX_C_SOURCE 200809L
#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The longest line in bytes, without its line break. */
enum { LONGEST_LINE = 1 << 20 };

/* Whether there is somebody to take inputs: after a start, and until it dies. */
static bool is_started;

static bool is_number(const struct json *value, double number) {
  return value != NULL && value->kind == JSON_NUMBER && value->number == number;
}

static const char *hello(const struct adapter *adapter, const struct json *offered, struct text *ok) {
  const struct json *major = json_get(offered, "major"), *minor = json_first(offered, "minor");
  if (major == NULL || minor == NULL) return "bad-args";
  /* The first is the lowest minor version that the kit speaks. */
  if (!is_number(major, 1) || !is_number(minor, 0)) return "version";
  text_add(ok, "{\"protocol\":{\"major\":1,\"minor\":0},\"roles\":[\"%s\"],", adapter->role);
  text_add(ok, "\"iut\":{\"name\":\"%s\",\"version\":\"1.0\",\"language\":\"c\"},", adapter->name);
  text_add(ok, "\"caps\":{\"batch\":true,\"reset\":\"soft\",\"seed\":%s,", adapter->seed ? "true" : "false");
  text_add(ok, "\"ops\":[\"inputs\"");
  if (adapter->observable != NULL) text_add(ok, ",\"observe\"],\"observe\":[\"%s\"", adapter->observable);
  text_add(ok, "]}}");
  return NULL;
}

static bool is_kind(const struct json *object, const char *name, enum json_kind kind) {
  const struct json *member = json_get(object, name);
  return member != NULL && member->kind == kind;
}

static const char *start(const struct adapter *adapter, const struct json *how) {
  if (!is_kind(how, "role", JSON_STRING)) return "bad-args";
  if (strcmp(json_text(how, "role"), adapter->role) != 0) return "unsupported";
  adapter->start();
  is_started = true;
  return NULL;
}

/* Writes what may be observed, or null where nobody is alive to show it; says whether somebody is. */
static bool observe(const struct adapter *adapter, struct text *state) {
  size_t begin = state->length;
  text_add(state, "{\"%s\":", adapter->observable);
  size_t named = state->length;
  adapter->observe(state);
  bool is_alive = state->length > named;
  if (!is_alive) text_cut(state, begin);
  text_add(state, is_alive ? "}" : "null");
  return is_alive;
}

static const char *input(const struct adapter *adapter, const struct json *given, struct text *outputs) {
  if (!is_kind(given, "_tag", JSON_STRING)) return "bad-args";
  if (!is_started) return "not-ready";
  text_add(outputs, "[");
  const char *error = adapter->input(given, outputs);
  text_add(outputs, "]");
  return error;
}

/* A whole sequence after a start of its own. It ends with the implementation. */
static const char *inputs(const struct adapter *adapter, const struct json *frame, struct text *ok) {
  if (!is_kind(frame, "inputs", JSON_ARRAY)) return "bad-args";
  const char *error = start(adapter, json_get(frame, "start"));
  struct text states = {0};
  text_add(&states, "[");
  text_add(ok, "{\"outputs\":[");
  for (const struct json *given = json_first(frame, "inputs"); given != NULL; given = given->next) {
    if (!is_started || error != NULL) break;
    text_comma(ok);
    error = input(adapter, given, ok);
    if (adapter->observable == NULL) continue;
    text_comma(&states);
    is_started = observe(adapter, &states);
  }
  text_add(ok, "]");
  if (adapter->observable != NULL) text_add(ok, ",\"states\":%s]", states.chars);
  text_add(ok, "}");
  free(states.chars);
  return error;
}

/* Carries out one operation and writes its answer. */
static const char *operate(const struct adapter *adapter, const struct json *frame, struct text *ok) {
  const char *op = json_text(frame, "op"), *error = NULL;
  struct text state = {0};
  if (strcmp(op, "hello") == 0) {
    error = hello(adapter, json_get(frame, "protocol"), ok);
  } else if (strcmp(op, "start") == 0) {
    error = start(adapter, frame);
    text_add(ok, "{}");
  } else if (strcmp(op, "input") == 0) {
    text_add(ok, "{\"outputs\":");
    error = input(adapter, json_get(frame, "input"), ok);
    text_add(ok, "}");
    if (error == NULL && adapter->observable != NULL) is_started = observe(adapter, &state);
  } else if (strcmp(op, "inputs") == 0) {
    error = inputs(adapter, frame, ok);
  } else if (strcmp(op, "observe") == 0 && adapter->observable != NULL) {
    error = is_started && observe(adapter, &state) ? NULL : "not-ready";
    text_add(ok, "{\"state\":%s}", error == NULL ? state.chars : "{}");
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

void serve(const struct adapter *adapter) {
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
    text_add(&answer, "{\"id\":%lld,\"ok\":", id);
    const char *error = is_frame(frame, id) ? operate(adapter, frame, &answer) : "malformed";
    if (error != NULL) {
      text_cut(&answer, 0);
      text_add(&answer, "{\"id\":%lld,\"err\":{\"code\":\"%s\"}", id, error);
    }
    printf("%s}\n", answer.chars);
    fflush(stdout);
    json_free(frame);
  }
  free(answer.chars);
  free(line);
}
