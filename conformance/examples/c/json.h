/* A small JSON reader and writer: what an adapter needs of JSON, and no more. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* A value as it was read. Elements and members hang on it in order; a member has a name. */
struct json {
  enum json_kind kind;
  double number;
  /* What a string stands for; "" where the value is none. */
  const char *string;
  /* The name of a member, else null. */
  const char *name;
  /* The value as it stood in the text, to be passed on unchanged. */
  const char *source;
  size_t length;
  struct json *first, *next;
};

/* Reads one value and nothing after it. Returns null where the text is not JSON, or is nested deeper than 64. */
struct json *json_read(const char *text, size_t length);

/* Frees what json_read returned, names and strings included. */
void json_free(struct json *value);

/* A member of an object; null where there is none, or where the value is no object. */
const struct json *json_get(const struct json *object, const char *name);

/* The text of a member that is a string, else "". */
const char *json_text(const struct json *object, const char *name);

/* A member that is a number, else 0. */
long long json_integer(const struct json *object, const char *name);

/* The first element of a member that is an array or an object, else null; the others hang on it. */
const struct json *json_first(const struct json *object, const char *name);

/* How many elements hang on that one, itself included. */
size_t json_count(const struct json *first);

/* How a member stands in the text, quotes included; "" where there is none. It is kept for good, once for each text. */
const char *json_kept(const struct json *object, const char *name);

/* A text that grows. It begins as { 0 }. */
struct text {
  char *chars;
  size_t length, room;
};

/* Appends as printf does. */
void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends a comma unless a list begins here. */
void text_comma(struct text *text);

/* Appends an element of a list: a comma unless the list begins here, and then as printf does. */
void text_item(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Cuts the text to its first characters. */
void text_cut(struct text *text, size_t length);

#endif
