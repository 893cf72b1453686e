/*
 * The half of a DCP proxy pair that faces the kv consumer, and the one that takes calls.
 *
 * It opens and closes streams by packets of its own, swallows the answers to those, and passes everything else on to
 * the kv producer. One operation at a time: a call that comes while another runs is refused.
 *
 * A stream's incarnation begins with an ADD_STREAM and is known by the opaque of the first STREAM_REQ for its vBucket
 * that passes afterwards. The end of an earlier one may come late, so an end counts only if it carries that opaque.
 *
 * Source: ns_server dcp_consumer_conn.erl; the rules are the dossier's, dcp.md 2.1 to 2.6, with the repairs of its 7.
 */
#ifndef DCP_CONSUMER_H
#define DCP_CONSUMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The packets that mean something to a consumer connection. */
enum packet_kind {
  ADD_STREAM_RESPONSE,
  CLOSE_STREAM_RESPONSE,
  STREAM_REQUEST,
  SET_VBUCKET_STATE_RESPONSE,
  OTHER_PACKET
};

/* What the producer connection tells of the packets that it has seen. */
enum cast_kind { PRODUCER_STREAM_CLOSED, PRODUCER_STREAM_END, SET_VBUCKET_STATE_SEEN, UNKNOWN_CAST };

/*
 * A packet from the kv consumer, or one that the producer connection tells of. Requests name a vBucket, responses a
 * status, an end a reason, a change of state the state; all carry the opaque.
 */
struct packet {
  /* Either a packet_kind or a cast_kind. */
  unsigned kind;
  uint16_t vbucket, status;
  uint32_t opaque, reason;
  uint8_t state;
  /* What it was read from, for whoever passes it on unchanged. */
  const void *origin;
};

enum call_kind { GET_PARTITIONS, SETUP_STREAMS, MAYBE_CLOSE_STREAM, TAKEOVER, SHUT_CONNECTION, UNKNOWN_CALL };

/* A list of vBuckets. */
struct vbuckets {
  uint16_t *at;
  size_t count;
};

/* What is asked. A set-up names the streams that are to be open, a close or a takeover names one. */
struct call {
  enum call_kind kind;
  struct vbuckets vbuckets;
  /* Handed back with the reply, and to be kept until then. */
  const char *caller;
};

/* One thing that went wrong in a call: a bad status, or a stream that ended under the call, for a reason. */
struct failure {
  bool is_end;
  uint16_t vbucket;
  uint32_t code;
};

enum reply_kind { OK, REFUSED, PARTITIONS, ERRORS, TAKEOVER_ON_OPEN_STREAM, DCP_ERROR, TAKEOVER_ENDED, INTERRUPTED };

struct reply {
  enum reply_kind kind;
  /* The partitions, in ascending order. */
  struct vbuckets vbuckets;
  /* The errors, newest first. */
  const struct failure *failures;
  size_t failure_count;
  /* The status of a DCP error, or the reason of an end. */
  uint32_t code;
};

/* Why a connection ended. If by itself, both sides disagree on what is open, and only a new connection helps. */
enum crash_kind { ALIVE, UNRECOGNIZED_OPAQUE, UNEXPECTED_STREAM_END, BAD_MATCH, SOCKET_CLOSED, KILLED };

struct crash {
  enum crash_kind kind;
  /* The opaque or the vBucket that it was about. */
  uint32_t about;
};

/* Where a connection acts on the outside. */
struct outside {
  void (*add_stream)(uint16_t vbucket, bool takeover);
  void (*close_stream)(uint16_t vbucket);
  /* In one write, after everything else of the chunk. */
  void (*forward)(const struct packet *packets, size_t count);
  /* Asks the producer connection to close its side of a stream. */
  void (*cast_close_stream)(uint16_t vbucket);
  void (*reply)(const char *caller, const struct reply *reply);
  /* The last that is heard of it. */
  void (*crash)(struct crash crash);
};

struct consumer;

struct consumer *consumer_new(const struct outside *outside);
void consumer_free(struct consumer *consumer);

/* Takes a call, which is answered once, now or later, unless the connection dies first. */
void consumer_call(struct consumer *consumer, const struct call *call);

/* Handles the next packet of a chunk. */
void consumer_packet(struct consumer *consumer, struct packet packet);

/* Forwards what is to be forwarded of a chunk, which ends here. */
void consumer_chunk_end(struct consumer *consumer);

void consumer_cast(struct consumer *consumer, struct packet cast);

/* Ends the connection from outside: its socket was closed, or it was killed. */
void consumer_give_up(struct consumer *consumer, enum crash_kind kind);

/* The dead take nothing any more. */
bool consumer_is_alive(const struct consumer *consumer);

/* The streams believed open, in ascending order, valid until the next call; a takeover's stream is never among them. */
struct vbuckets consumer_partitions(struct consumer *consumer);

#endif
