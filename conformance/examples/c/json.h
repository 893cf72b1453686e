/* A small JSON reader and writer: what an adapter needs of JSON, and no more. */
#ifndef JSON_H
#define JSON_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* A number without its fraction; 0 where there is none, or none that fits. */
long long json_whole(const struct json *value);

/* A member that is a number, likewise. */
long long json_integer(const struct json *object, const char *name);

/* Whether a member is this text. */
bool json_is(const struct json *object, const char *name, const char *text);

/* Which of these words, with a space between any two, the text of a member is; how many they are where it is none. */
unsigned json_index(const struct json *object, const char *name, const char *words);

/* The first element of a member that is an array or an object, else null; the others hang on it. */
const struct json *json_first(const struct json *object, const char *name);

/* How many elements hang on that one, itself included. */
size_t json_count(const struct json *first);

/* Reads numbers, from a list or just one, without what does not fit; says how many there are. They go nowhere if to is null. */
size_t json_numbers(const struct json *value, uint16_t *to);

/* How a member stands in the text, quotes included; "" where there is none. It is kept for good, once for each text. */
const char *json_kept(const struct json *object, const char *name);

/* A text that grows. It begins as { 0 }. */
struct text {
  char *chars;
  size_t length, room;
};

/*
 * Appends JSON as printf does, with ' for each " and with the commas that are missing: json_put(text, "'vbucket':%u", 3)
 * appends "vbucket":3, behind a comma unless an object, a list or the text begins there. A %s is put as it is.
 */
void json_put(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void json_vput(struct text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

/* Cuts the text to its first characters. */
void text_cut(struct text *text, size_t length);

#endif
