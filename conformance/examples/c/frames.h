/* The kit's frames over stdin and stdout, one JSON object a line: what every adapter in C has in common. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdint.h>

#include "json.h"

/* An implementation in a role. */
struct adapter {
  /* Such as "sessions/registry". */
  const char *role;
  /* The implementation, as reports name it. */
  const char *name;
  /* Makes everything new, and lets go of what was before. */
  void (*start)(void);
  /* Gives one input and says what came out because of it, one output after the other.
   * Returns an error code of the kit, or null where all is well. Not called before a start or after a death. */
  const char *(*input)(const struct json *input);
  /* What may be observed of the state, by one name; null where nothing may. */
  const char *observable;
  /* Says the value of what may be observed. Says nothing where the implementation is dead. */
  void (*observe)(void);
  /* Promises that the same inputs always lead to the same outputs, and the kit makes sure of that. */
  bool seed;
};

/* The adapter of the program. Its main, in frames.c, answers frames until the kit says goodbye or goes away. */
extern const struct adapter adapter;

/* Says JSON to the kit, as a whole or in pieces: say("{'_tag':'Done'}"). It is written as by json_put. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says a value as it was read. */
void say_read(const struct json *value);

/* Says a list of numbers. */
void say_numbers(const uint16_t *numbers, size_t count);

#endif
