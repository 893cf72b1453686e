#include "dcp_consumer.h"

#include <stdlib.h>
#include <string.h>

/* Statuses, and the vBucket state that a takeover waits for. Source: kv_engine status.h, vbucket state. */
enum { SUCCESS = 0, KEY_ENOENT = 1, DCP_STREAM_NOT_FOUND = 10, ACTIVE = 1 };

/* What is known of a vBucket whose stream was ever asked for. */
struct stream {
  uint16_t vbucket;
  bool is_open;
  /* Of the latest incarnation; known once a STREAM_REQ has passed. */
  bool opaque_known;
  uint32_t opaque;
};

enum operation { IDLE, SETUP, TAKING_OVER, SHUT };

/* Streams being opened and closed for one caller. The lists hold requests that were sent and not answered. */
struct setup {
  struct vbuckets wanted, to_add, to_close, to_close_on_producer;
  /* ADD_STREAM of streams that a shut has closed: answered or not, nobody waits for it. */
  struct vbuckets late;
  /* A shut does not wait for a producer that may be dead. */
  bool ignores_producer, then_shut;
  struct failure *failures;
  size_t failure_count;
};

/* One vBucket being taken over: ADD_STREAM accepted and state active acknowledged, in either order. */
struct takeover {
  uint16_t vbucket;
  bool opaque_known, state_asked, is_open, is_active;
  uint32_t opaque;
  uint8_t asked_state;
};

struct consumer {
  struct outside outside;
  struct crash crash;
  /* In ascending order. */
  struct stream *streams;
  size_t stream_count;
  struct vbuckets partitions;
  /* What is to be forwarded of a chunk. */
  struct packet *passed;
  size_t passed_count;
  enum operation operation;
  const char *owner;
  struct setup setup;
  struct takeover takeover;
};

static void *resized(void *memory, size_t count, size_t size) {
  memory = realloc(memory, (count == 0 ? 1 : count) * size);
  if (memory == NULL) abort();
  return memory;
}

/* ---- lists of vBuckets; the opaque of a request is the number of its vBucket */

static void append(struct vbuckets *list, uint16_t vbucket) {
  list->at = resized(list->at, list->count + 1, sizeof *list->at);
  list->at[list->count++] = vbucket;
}

static bool has(const struct vbuckets *list, uint32_t opaque) {
  for (size_t at = 0; at < list->count; at++)
    if (list->at[at] == opaque) return true;
  return false;
}

/* Takes a request off the list, and says whether it was there. */
static bool take(struct vbuckets *list, uint32_t opaque) {
  for (size_t at = 0; at < list->count; at++) {
    if (list->at[at] != opaque) continue;
    list->count--;
    memmove(list->at + at, list->at + at + 1, (list->count - at) * sizeof *list->at);
    return true;
  }
  return false;
}

/* ---- streams */

/* Where the stream of a vBucket is, or would be. */
static size_t place_of(const struct consumer *consumer, uint16_t vbucket) {
  size_t low = 0, high = consumer->stream_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (consumer->streams[middle].vbucket < vbucket) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* The stream of a vBucket; null where none was ever asked for. */
static struct stream *find(const struct consumer *consumer, uint32_t vbucket) {
  size_t place = vbucket > UINT16_MAX ? consumer->stream_count : place_of(consumer, (uint16_t)vbucket);
  if (place == consumer->stream_count || consumer->streams[place].vbucket != vbucket) return NULL;
  return &consumer->streams[place];
}

static bool is_open(const struct consumer *consumer, uint16_t vbucket) {
  const struct stream *stream = find(consumer, vbucket);
  return stream != NULL && stream->is_open;
}

static void add_stream(struct consumer *consumer, uint16_t vbucket, bool takeover) {
  struct stream *stream = find(consumer, vbucket);
  if (stream == NULL) {
    size_t place = place_of(consumer, vbucket);
    consumer->streams = resized(consumer->streams, consumer->stream_count + 1, sizeof *consumer->streams);
    stream = consumer->streams + place;
    memmove(stream + 1, stream, (consumer->stream_count++ - place) * sizeof *stream);
  }
  *stream = (struct stream){.vbucket = vbucket};
  consumer->outside.add_stream(vbucket, takeover);
}

struct vbuckets consumer_partitions(struct consumer *consumer) {
  consumer->partitions.count = 0;
  for (size_t at = 0; at < consumer->stream_count; at++)
    if (consumer->streams[at].is_open) append(&consumer->partitions, consumer->streams[at].vbucket);
  return consumer->partitions;
}

/* ---- replies */

static void give_up(struct consumer *consumer, enum crash_kind kind, uint32_t about) {
  consumer->crash = (struct crash){kind, about};
  consumer->outside.crash(consumer->crash);
}

/* Ends the operation with a reply to its owner. */
static void end(struct consumer *consumer, enum operation next, const struct reply *reply) {
  consumer->operation = next;
  consumer->outside.reply(consumer->owner, reply);
}

static void fail(struct setup *setup, bool is_end, uint16_t vbucket, uint32_t code) {
  setup->failures = resized(setup->failures, setup->failure_count + 1, sizeof *setup->failures);
  memmove(setup->failures + 1, setup->failures, setup->failure_count++ * sizeof *setup->failures);
  setup->failures[0] = (struct failure){is_end, vbucket, code};
}

/* Answers a set-up at the first moment at which nothing is awaited any more. */
static void answer_if_done(struct consumer *consumer) {
  const struct setup *setup = &consumer->setup;
  if (setup->to_add.count > 0 || setup->to_close.count > 0) return;
  if (!setup->ignores_producer && setup->to_close_on_producer.count > 0) return;
  struct reply reply = {.kind = setup->failure_count == 0 ? OK : ERRORS};
  reply.failures = setup->failures;
  reply.failure_count = setup->failure_count;
  end(consumer, setup->then_shut ? SHUT : IDLE, &reply);
}

static void answer_if_taken_over(struct consumer *consumer) {
  if (consumer->takeover.is_open && consumer->takeover.is_active) end(consumer, IDLE, &(struct reply){.kind = OK});
}

/* ---- calls */

static void clear(struct setup *setup) {
  setup->wanted.count = setup->to_add.count = setup->to_close.count = 0;
  setup->to_close_on_producer.count = setup->late.count = 0;
  setup->failure_count = 0;
  setup->ignores_producer = setup->then_shut = false;
}

/* Sends what the set-up asks for: the requests to open, then for each stream to be closed those to both sides. */
static void begin(struct consumer *consumer) {
  struct setup *setup = &consumer->setup;
  struct vbuckets open = consumer_partitions(consumer);
  consumer->operation = SETUP;
  for (size_t at = 0; at < setup->wanted.count; at++)
    if (!has(&open, setup->wanted.at[at])) append(&setup->to_add, setup->wanted.at[at]);
  for (size_t at = 0; at < open.count; at++) {
    if (has(&setup->wanted, open.at[at])) continue;
    append(&setup->to_close, open.at[at]);
    if (!setup->then_shut) append(&setup->to_close_on_producer, open.at[at]);
  }
  for (size_t at = 0; at < setup->to_add.count; at++) add_stream(consumer, setup->to_add.at[at], false);
  for (size_t at = 0; at < setup->to_close.count; at++) {
    /* The kv consumer first: the producer's answer to a close may be an end, which is to come after this. */
    consumer->outside.close_stream(setup->to_close.at[at]);
    if (!setup->then_shut) consumer->outside.cast_close_stream(setup->to_close.at[at]);
  }
  answer_if_done(consumer);
}

static void set_up(struct consumer *consumer, const struct call *call) {
  struct setup *setup = &consumer->setup;
  clear(setup);
  /* A vBucket named twice is asked for once: two requests under one opaque could not be told apart. */
  for (size_t at = 0; at < call->vbuckets.count; at++)
    if (!has(&setup->wanted, call->vbuckets.at[at])) append(&setup->wanted, call->vbuckets.at[at]);
  begin(consumer);
}

static void close_one(struct consumer *consumer, uint16_t vbucket) {
  clear(&consumer->setup);
  struct vbuckets open = consumer_partitions(consumer);
  for (size_t at = 0; at < open.count; at++)
    if (open.at[at] != vbucket) append(&consumer->setup.wanted, open.at[at]);
  begin(consumer);
}

static void shut_when_idle(struct consumer *consumer) {
  clear(&consumer->setup);
  consumer->setup.then_shut = true;
  begin(consumer);
}

/* Takes a set-up that is stuck away from its caller, and closes everything that it opened or asked for. */
static void shut_over_setup(struct consumer *consumer, const char *caller) {
  struct setup *setup = &consumer->setup;
  struct vbuckets open = consumer_partitions(consumer);
  size_t closing = setup->to_close.count;
  consumer->outside.reply(consumer->owner, &(struct reply){.kind = INTERRUPTED});
  consumer->owner = caller;
  setup->wanted.count = 0;
  setup->then_shut = setup->ignores_producer = true;
  for (size_t at = 0; at < setup->to_add.count; at++)
    if (!has(&setup->to_close, setup->to_add.at[at])) append(&setup->to_close, setup->to_add.at[at]);
  for (size_t at = 0; at < open.count; at++)
    if (!has(&setup->to_close, open.at[at])) append(&setup->to_close, open.at[at]);
  for (size_t at = closing; at < setup->to_close.count; at++) consumer->outside.close_stream(setup->to_close.at[at]);
  answer_if_done(consumer);
}

static void take_over(struct consumer *consumer, uint16_t vbucket) {
  if (is_open(consumer, vbucket)) {
    end(consumer, IDLE, &(struct reply){.kind = TAKEOVER_ON_OPEN_STREAM});
    return;
  }
  consumer->operation = TAKING_OVER;
  consumer->takeover = (struct takeover){.vbucket = vbucket};
  add_stream(consumer, vbucket, true);
}

void consumer_call(struct consumer *consumer, const struct call *call) {
  bool names_one = call->kind == MAYBE_CLOSE_STREAM || call->kind == TAKEOVER;
  if (!consumer_is_alive(consumer)) return;
  if (call->kind == GET_PARTITIONS) {
    struct reply reply = {.kind = PARTITIONS, .vbuckets = consumer_partitions(consumer)};
    consumer->outside.reply(call->caller, &reply);
  } else if (call->kind == SHUT_CONNECTION && consumer->operation == SETUP) {
    shut_over_setup(consumer, call->caller);
  } else if (consumer->operation != IDLE || call->kind == UNKNOWN_CALL || (names_one && call->vbuckets.count != 1)) {
    consumer->outside.reply(call->caller, &(struct reply){.kind = REFUSED});
  } else {
    consumer->owner = call->caller;
    if (call->kind == SETUP_STREAMS) set_up(consumer, call);
    else if (call->kind == MAYBE_CLOSE_STREAM) close_one(consumer, call->vbuckets.at[0]);
    else if (call->kind == TAKEOVER) take_over(consumer, call->vbuckets.at[0]);
    else shut_when_idle(consumer);
  }
}

/* ---- packets from the kv consumer */

static void add_answered(struct consumer *consumer, const struct packet *response) {
  struct setup *setup = &consumer->setup;
  if (!take(&setup->to_add, response->opaque)) {
    if (!take(&setup->late, response->opaque)) give_up(consumer, UNRECOGNIZED_OPAQUE, response->opaque);
    return;
  }
  if (response->status == SUCCESS) find(consumer, response->opaque)->is_open = true;
  else fail(setup, false, (uint16_t)response->opaque, response->status);
  answer_if_done(consumer);
}

/* A close was answered, by the kv consumer or by the producer. */
static void close_answered(struct consumer *consumer, struct vbuckets *awaited, uint32_t opaque, uint16_t status) {
  struct setup *setup = &consumer->setup;
  if (!take(awaited, opaque)) {
    give_up(consumer, UNRECOGNIZED_OPAQUE, opaque);
    return;
  }
  if (awaited == &setup->to_close && take(&setup->to_add, opaque)) append(&setup->late, (uint16_t)opaque);
  bool is_gone = status == SUCCESS || status == KEY_ENOENT || status == DCP_STREAM_NOT_FOUND;
  if (is_gone) find(consumer, opaque)->is_open = false;
  else fail(setup, false, (uint16_t)opaque, status);
  answer_if_done(consumer);
}

static void takeover_answered(struct consumer *consumer, const struct packet *response) {
  if (response->opaque != consumer->takeover.vbucket) {
    give_up(consumer, UNRECOGNIZED_OPAQUE, response->opaque);
  } else if (response->status == SUCCESS) {
    consumer->takeover.is_open = true;
    answer_if_taken_over(consumer);
  } else {
    end(consumer, IDLE, &(struct reply){.kind = DCP_ERROR, .code = response->status});
  }
}

/* Learns the opaque of an incarnation, and of a takeover; a repeated request changes nothing. */
static void stream_requested(struct consumer *consumer, const struct packet *request) {
  struct takeover *takeover = &consumer->takeover;
  struct stream *stream = find(consumer, request->vbucket);
  if (stream != NULL && !stream->opaque_known) {
    stream->opaque_known = true;
    stream->opaque = request->opaque;
  }
  if (consumer->operation != TAKING_OVER || takeover->opaque_known) return;
  if (request->vbucket != takeover->vbucket) give_up(consumer, BAD_MATCH, 0);
  takeover->opaque_known = true;
  takeover->opaque = request->opaque;
}

static void state_answered(struct consumer *consumer, const struct packet *response) {
  struct takeover *takeover = &consumer->takeover;
  bool is_ours = takeover->opaque_known && response->opaque == takeover->opaque;
  if (!is_ours || takeover->is_active || response->status != SUCCESS) return;
  if (takeover->state_asked && takeover->asked_state == ACTIVE) {
    takeover->is_active = true;
    answer_if_taken_over(consumer);
  } else {
    takeover->state_asked = false;
  }
}

/* Acts on a packet, and says whether it goes on to the kv producer. */
static bool passes(struct consumer *consumer, const struct packet *packet) {
  enum operation operation = consumer->operation;
  if (operation == SHUT) return false;
  if (packet->kind == ADD_STREAM_RESPONSE && operation == SETUP) {
    add_answered(consumer, packet);
    return false;
  }
  if (packet->kind == CLOSE_STREAM_RESPONSE && operation == SETUP) {
    close_answered(consumer, &consumer->setup.to_close, packet->opaque, packet->status);
    return false;
  }
  if (packet->kind == ADD_STREAM_RESPONSE && operation == TAKING_OVER && !consumer->takeover.is_open) {
    takeover_answered(consumer, packet);
    return false;
  }
  if (packet->kind == SET_VBUCKET_STATE_RESPONSE && operation == TAKING_OVER) state_answered(consumer, packet);
  if (packet->kind == STREAM_REQUEST) stream_requested(consumer, packet);
  return true;
}

void consumer_packet(struct consumer *consumer, struct packet packet) {
  if (!consumer_is_alive(consumer) || !passes(consumer, &packet)) return;
  size_t count = consumer->passed_count++;
  /* Twice the room whenever it is full, which it is at a power of two. */
  if ((count & (count - 1)) == 0) consumer->passed = resized(consumer->passed, count == 0 ? 1 : 2 * count, sizeof packet);
  consumer->passed[count] = packet;
}

void consumer_chunk_end(struct consumer *consumer) {
  size_t count = consumer->passed_count;
  consumer->passed_count = 0;
  if (count > 0 && consumer_is_alive(consumer)) consumer->outside.forward(consumer->passed, count);
}

/* ---- casts from the producer connection */

/* A stream ended. Before its ADD_STREAM was answered that ends the connection: the answer may never come. */
static void stream_ended(struct consumer *consumer, const struct packet *end_seen) {
  struct stream *stream = find(consumer, end_seen->vbucket);
  const struct takeover *takeover = &consumer->takeover;
  if (stream == NULL || !stream->opaque_known || stream->opaque != end_seen->opaque) return;
  if (stream->is_open) {
    stream->is_open = false;
    if (consumer->operation == SETUP && has(&consumer->setup.wanted, stream->vbucket))
      fail(&consumer->setup, true, stream->vbucket, end_seen->reason);
  } else if (consumer->operation == SETUP && has(&consumer->setup.to_add, stream->vbucket)) {
    give_up(consumer, UNEXPECTED_STREAM_END, stream->vbucket);
  } else if (consumer->operation == TAKING_OVER && stream->vbucket == takeover->vbucket) {
    if (!takeover->is_open) give_up(consumer, UNEXPECTED_STREAM_END, stream->vbucket);
    else end(consumer, IDLE, &(struct reply){.kind = TAKEOVER_ENDED, .code = end_seen->reason});
  }
}

static void state_seen(struct takeover *takeover, const struct packet *seen) {
  if (!takeover->opaque_known || takeover->opaque != seen->opaque) return;
  if (takeover->is_active || takeover->state_asked) return;
  takeover->state_asked = true;
  takeover->asked_state = seen->state;
}

void consumer_cast(struct consumer *consumer, struct packet cast) {
  struct setup *setup = consumer->operation == SETUP ? &consumer->setup : NULL;
  if (!consumer_is_alive(consumer) || consumer->operation == SHUT) return;
  if (cast.kind == PRODUCER_STREAM_END) {
    stream_ended(consumer, &cast);
  } else if (cast.kind == SET_VBUCKET_STATE_SEEN && consumer->operation == TAKING_OVER) {
    state_seen(&consumer->takeover, &cast);
  } else if (cast.kind == PRODUCER_STREAM_CLOSED && setup != NULL && !setup->ignores_producer) {
    close_answered(consumer, &setup->to_close_on_producer, cast.opaque, cast.status);
  }
}

/* ---- birth and death */

struct consumer *consumer_new(const struct outside *outside) {
  struct consumer *consumer = resized(NULL, 1, sizeof *consumer);
  *consumer = (struct consumer){.outside = *outside};
  return consumer;
}

void consumer_free(struct consumer *consumer) {
  if (consumer == NULL) return;
  struct setup *setup = &consumer->setup;
  free(setup->wanted.at);
  free(setup->to_add.at);
  free(setup->to_close.at);
  free(setup->to_close_on_producer.at);
  free(setup->late.at);
  free(setup->failures);
  free(consumer->partitions.at);
  free(consumer->streams);
  free(consumer->passed);
  free(consumer);
}

void consumer_give_up(struct consumer *consumer, enum crash_kind kind) {
  give_up(consumer, kind, 0);
}

bool consumer_is_alive(const struct consumer *consumer) {
  return consumer->crash.kind == ALIVE;
}
