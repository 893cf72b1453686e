#define _POSIX_C_SOURCE 200809L
#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* Whether there is somebody to take inputs: after a start, and until it dies. */
static bool is_started;

static void hello(const struct adapter *adapter, struct text *ok) {
  text_add(ok, "{\"protocol\":{\"major\":1,\"minor\":0},\"roles\":[\"%s\"],", adapter->role);
  text_add(ok, "\"iut\":{\"name\":\"%s\",\"version\":\"1.0\",\"language\":\"c\"},", adapter->name);
  text_add(ok, "\"caps\":{\"batch\":true,\"reset\":\"soft\",\"seed\":true,\"ops\":[\"inputs\"");
  if (adapter->observable != NULL) text_add(ok, ",\"observe\"],\"observe\":[\"%s\"", adapter->observable);
  text_add(ok, "]}}");
}

static const char *start(const struct adapter *adapter, const struct json *how) {
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
  if (!is_started) return "not-ready";
  text_add(outputs, "[");
  const char *error = adapter->input(given, outputs);
  text_add(outputs, "]");
  return error;
}

/* A whole sequence after a start of its own. It ends with the implementation. */
static const char *inputs(const struct adapter *adapter, const struct json *frame, struct text *ok) {
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
    hello(adapter, ok);
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

void serve(const struct adapter *adapter) {
  struct text answer = {0};
  char *line = NULL;
  size_t room = 0;
  for (ssize_t length; (length = getline(&line, &room, stdin)) > 0;) {
    struct json *frame = json_read(line, (size_t)length);
    if (strcmp(json_text(frame, "op"), "bye") == 0) {
      json_free(frame);
      break;
    }
    text_cut(&answer, 0);
    text_add(&answer, "{\"id\":%lld,\"ok\":", json_integer(frame, "id"));
    /* What is no object has no fields, so this says so of everything that is no frame. */
    bool is_frame = *json_text(frame, "op") != '\0';
    const char *error = is_frame ? operate(adapter, frame, &answer) : "malformed";
    if (error != NULL) {
      text_cut(&answer, 0);
      text_add(&answer, "{\"id\":%lld,\"err\":{\"code\":\"%s\"}", json_integer(frame, "id"), error);
    }
    printf("%s}\n", answer.chars);
    fflush(stdout);
    json_free(frame);
  }
  free(answer.chars);
  free(line);
}
