/* The kit's frames over stdin and stdout, one JSON object a line: what every adapter in C has in common. */
#ifndef FRAMES_H
#define FRAMES_H

#include "json.h"

/* An implementation in a role. */
struct adapter {
  /* Such as "sessions/registry". */
  const char *role;
  /* The implementation, as reports name it. */
  const char *name;
  /* Makes everything new, and lets go of what was before. */
  void (*start)(void);
  /* Gives one input and writes what came out because of it, each output with text_item.
   * Returns an error code of the kit, or null where all is well. Not called before a start or after a death. */
  const char *(*input)(const struct json *input, struct text *outputs);
  /* What may be observed of the state, by one name; null where nothing may. */
  const char *observable;
  /* Writes the value of what may be observed. Writes nothing where the implementation is dead. */
  void (*observe)(struct text *value);
  /* Promises that the same inputs always lead to the same outputs, and the kit makes sure of that. */
  bool seed;
};

/* Answers frames until the kit says goodbye or goes away. */
void serve(const struct adapter *adapter);

#endif
