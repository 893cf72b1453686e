#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 64

static void *allocated(void *memory) {
  if (memory == NULL) abort();
  return memory;
}

/* ---- reading */

struct reader {
  const char *at, *end;
  int depth;
};

static struct json *read_value(struct reader *reader);

static void skip_space(struct reader *reader) {
  while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL && *reader->at != '\0') reader->at++;
}

static bool take(struct reader *reader, const char *word) {
  size_t length = strlen(word);
  if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0) return false;
  reader->at += length;
  return true;
}

/* Four hexadecimal digits, or -1. */
static long read_hex(struct reader *reader) {
  long code = 0;
  if (reader->end - reader->at < 4) return -1;
  for (int digit = 0; digit < 4; digit++) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = memchr(digits, *reader->at++, sizeof digits - 1);
    if (found == NULL) return -1;
    code = code * 16 + (found - digits) % 16;
  }
  return code;
}

static char *put_utf8(char *to, long code) {
  if (code < 0x80) {
    *to++ = (char)code;
  } else if (code < 0x800) {
    *to++ = (char)(0xc0 | code >> 6);
    *to++ = (char)(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    *to++ = (char)(0xe0 | code >> 12);
    *to++ = (char)(0x80 | (code >> 6 & 0x3f));
    *to++ = (char)(0x80 | (code & 0x3f));
  } else {
    *to++ = (char)(0xf0 | code >> 18);
    *to++ = (char)(0x80 | (code >> 12 & 0x3f));
    *to++ = (char)(0x80 | (code >> 6 & 0x3f));
    *to++ = (char)(0x80 | (code & 0x3f));
  }
  return to;
}

/* What follows a backslash. No escape is shorter than what it stands for. */
static char *read_escape(struct reader *reader, char *to) {
  static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  if (reader->at == reader->end || *reader->at == '\0') return NULL;
  char letter = *reader->at++;
  const char *found = strchr(letters, letter);
  if (found != NULL) {
    *to++ = meant[found - letters];
    return to;
  }
  long code = letter == 'u' ? read_hex(reader) : -1;
  if (code >= 0xd800 && code < 0xdc00 && take(reader, "\\u")) {
    long low = read_hex(reader);
    if (low < 0xdc00 || low > 0xdfff) return NULL;
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  /* A string of C cannot hold a null, and half a pair is no character. */
  return code <= 0 || (code >= 0xd800 && code < 0xe000) ? NULL : put_utf8(to, code);
}

static char *read_string(struct reader *reader) {
  if (!take(reader, "\"")) return NULL;
  const char *close = reader->at;
  while (close < reader->end && *close != '"') close += *close == '\\' ? 2 : 1;
  if (close >= reader->end) return NULL;
  char *string = allocated(malloc((size_t)(close - reader->at) + 1)), *to = string;
  while (reader->at < close && to != NULL) {
    unsigned char c = (unsigned char)*reader->at++;
    if (c == '\\') to = read_escape(reader, to);
    else if (c < 0x20) to = NULL;
    else *to++ = (char)c;
  }
  if (to == NULL) {
    free(string);
    return NULL;
  }
  *to = '\0';
  reader->at = close + 1;
  return string;
}

static bool skip_digits(struct reader *reader) {
  const char *begin = reader->at;
  while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') reader->at++;
  return reader->at > begin;
}

static bool read_number(struct reader *reader, double *number) {
  const char *begin = reader->at;
  take(reader, "-");
  if (!take(reader, "0") && !skip_digits(reader)) return false;
  if (take(reader, ".") && !skip_digits(reader)) return false;
  if (take(reader, "e") || take(reader, "E")) {
    if (!take(reader, "+")) take(reader, "-");
    if (!skip_digits(reader)) return false;
  }
  /* Whoever hands us a line ends it with a null, so this stops where the digits do. */
  *number = strtod(begin, NULL);
  return true;
}

static bool read_members(struct reader *reader, struct json *value, const char *close) {
  struct json **last = &value->first;
  skip_space(reader);
  if (take(reader, close)) return true;
  do {
    char *name = NULL;
    skip_space(reader);
    if (value->kind == JSON_OBJECT) {
      name = read_string(reader);
      skip_space(reader);
      if (name == NULL || !take(reader, ":")) {
        free(name);
        return false;
      }
    }
    struct json *member = read_value(reader);
    if (member == NULL) {
      free(name);
      return false;
    }
    member->name = name;
    *last = member;
    last = &member->next;
    skip_space(reader);
  } while (take(reader, ","));
  return take(reader, close);
}

static bool is_kind(struct reader *reader, struct json *value, const char *word, enum json_kind kind) {
  if (!take(reader, word)) return false;
  value->kind = kind;
  return true;
}

static bool read_into(struct reader *reader, struct json *value) {
  if (take(reader, "null")) return true;
  if (is_kind(reader, value, "true", JSON_TRUE) || is_kind(reader, value, "false", JSON_FALSE)) return true;
  if (is_kind(reader, value, "{", JSON_OBJECT)) return read_members(reader, value, "}");
  if (is_kind(reader, value, "[", JSON_ARRAY)) return read_members(reader, value, "]");
  if (reader->at < reader->end && *reader->at == '"') {
    char *string = read_string(reader);
    if (string != NULL) {
      value->kind = JSON_STRING;
      value->string = string;
    }
    return string != NULL;
  }
  value->kind = JSON_NUMBER;
  return read_number(reader, &value->number);
}

static struct json *read_value(struct reader *reader) {
  struct json *value = allocated(calloc(1, sizeof *value));
  skip_space(reader);
  value->string = "";
  value->source = reader->at;
  bool isRead = reader->depth < MAX_DEPTH;
  reader->depth++;
  isRead = isRead && read_into(reader, value);
  reader->depth--;
  value->length = (size_t)(reader->at - value->source);
  if (isRead) return value;
  json_free(value);
  return NULL;
}

/* The bytes of the character that begins here, or 0 where none does: no stray byte, no surrogate, nothing spelled too long. */
static size_t utf8_length(const unsigned char *at, size_t left) {
  size_t length = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : *at < 0xf5 ? 4 : 0;
  if (length > left) return 0;
  for (size_t next = 1; next < length; next++)
    if ((at[next] & 0xc0) != 0x80) return 0;
  if (length == 3 && ((*at == 0xe0 && at[1] < 0xa0) || (*at == 0xed && at[1] > 0x9f))) return 0;
  if (length == 4 && ((*at == 0xf0 && at[1] < 0x90) || (*at == 0xf4 && at[1] > 0x8f))) return 0;
  return length;
}

static bool is_utf8(const char *text, size_t length) {
  for (size_t at = 0, step; at < length; at += step)
    if ((step = utf8_length((const unsigned char *)text + at, length - at)) == 0) return false;
  return true;
}

struct json *json_read(const char *text, size_t length) {
  if (!is_utf8(text, length)) return NULL;
  struct reader reader = {text, text + length, 0};
  struct json *value = read_value(&reader);
  skip_space(&reader);
  if (reader.at == reader.end) return value;
  json_free(value);
  return NULL;
}

void json_free(struct json *value) {
  while (value != NULL) {
    struct json *next = value->next;
    json_free(value->first);
    if (value->kind == JSON_STRING) free((char *)value->string);
    free((char *)value->name);
    free(value);
    value = next;
  }
}

const struct json *json_get(const struct json *object, const char *name) {
  if (object == NULL || object->kind != JSON_OBJECT) return NULL;
  const struct json *member = object->first;
  while (member != NULL && strcmp(member->name, name) != 0) member = member->next;
  return member;
}

const char *json_text(const struct json *object, const char *name) {
  const struct json *member = json_get(object, name);
  return member != NULL && member->kind == JSON_STRING ? member->string : "";
}

long long json_whole(const struct json *value) {
  if (value == NULL || value->kind != JSON_NUMBER) return 0;
  return value->number > -0x1p63 && value->number < 0x1p63 ? (long long)value->number : 0;
}

long long json_integer(const struct json *object, const char *name) { return json_whole(json_get(object, name)); }

bool json_is(const struct json *object, const char *name, const char *text) {
  const struct json *member = json_get(object, name);
  return member != NULL && member->kind == JSON_STRING && strcmp(member->string, text) == 0;
}

unsigned json_index(const struct json *object, const char *name, const char *words) {
  const char *text = json_text(object, name);
  unsigned at = 0;
  for (size_t length; *words != '\0'; at++, words += length + strspn(words + length, " ")) {
    length = strcspn(words, " ");
    if (length == strlen(text) && memcmp(words, text, length) == 0) break;
  }
  return at;
}

const struct json *json_first(const struct json *object, const char *name) {
  const struct json *member = json_get(object, name);
  return member == NULL ? NULL : member->first;
}

size_t json_count(const struct json *first) {
  size_t count = 0;
  for (; first != NULL; first = first->next) count++;
  return count;
}

size_t json_numbers(const struct json *value, uint16_t *to) {
  if (value == NULL) return 0;
  bool isList = value->kind == JSON_ARRAY;
  size_t count = isList ? json_count(value->first) : 1;
  const struct json *one = isList ? value->first : value;
  for (size_t at = 0; to != NULL && at < count; at++, one = one->next) to[at] = (uint16_t)json_whole(one);
  return count;
}

const char *json_kept(const struct json *object, const char *name) {
  static struct kept {
    struct kept *next;
    char text[];
  } *kept;
  const struct json *member = json_get(object, name);
  if (member == NULL) return "";
  for (struct kept *one = kept; one != NULL; one = one->next)
    if (strncmp(one->text, member->source, member->length) == 0 && one->text[member->length] == '\0') return one->text;
  struct kept *one = allocated(malloc(sizeof *one + member->length + 1));
  memcpy(one->text, member->source, member->length);
  one->text[member->length] = '\0';
  one->next = kept;
  kept = one;
  return one->text;
}

/* ---- writing */

static void make_room(struct text *text, size_t more) {
  if (text->length + more < text->room) return;
  text->room = (text->length + more + 1) * 2;
  text->chars = allocated(realloc(text->chars, text->room));
}

static void put_char(struct text *text, char c) {
  make_room(text, 1);
  text->chars[text->length++] = c;
}

/* Format strings have ' for ", which would have to be escaped in C. */
static char *quoted(const char *format) {
  size_t length = strlen(format);
  char *copy = allocated(malloc(length + 1));
  for (size_t at = 0; at <= length; at++) copy[at] = format[at] == '\'' ? '"' : format[at];
  return copy;
}

void json_vput(struct text *text, const char *format, va_list arguments) {
  bool isNext = text->length > 0 && strchr("{[:,", text->chars[text->length - 1]) == NULL;
  char *json = quoted(format);
  va_list again;
  if (isNext && strchr("}],:", *format) == NULL) put_char(text, ',');
  va_copy(again, arguments);
  int more = vsnprintf(NULL, 0, json, again);
  va_end(again);
  if (more < 0) abort();
  make_room(text, (size_t)more);
  vsnprintf(text->chars + text->length, (size_t)more + 1, json, arguments);
  text->length += (size_t)more;
  free(json);
}

void json_put(struct text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  json_vput(text, format, arguments);
  va_end(arguments);
}

void text_cut(struct text *text, size_t length) {
  make_room(text, 0);
  text->length = length;
  text->chars[length] = '\0';
}
