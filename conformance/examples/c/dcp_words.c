#include "dcp_words.h"

#include <string.h>

/* Names in the order of the enumerations. What is none of them stands where the names end. */
static const char *const packets[] = {
    "AddStreamResponse", "CloseStreamResponse", "StreamRequest", "SetVBucketStateResponse", NULL};
static const char *const calls[] = {
    "GetPartitions", "SetupStreams", "MaybeCloseStream", "Takeover", "ShutConnection", NULL};
static const char *const casts[] = {"ProducerStreamClosed", "ProducerStreamEnd", "SetVBucketStateSeen", NULL};
static const char *const replies[] = {
    "Ok", "Refused", "Partitions", "Errors", "TakeoverOnOpenStream", "DcpError", "TakeoverEnded", "Interrupted"};
static const char *const crashes[] = {
    "", "UnrecognizedOpaque", "UnexpectedStreamEnd", "BadMatch", "SocketClosed", "Killed"};

static unsigned kind_of(const struct json *tagged, const char *const *names) {
  const char *tag = json_text(tagged, "_tag");
  unsigned at = 0;
  while (names[at] != NULL && strcmp(names[at], tag) != 0) at++;
  return at;
}

struct packet read_packet(const struct json *packet) {
  return (struct packet){
      .kind = kind_of(packet, packets),
      .vbucket = (uint16_t)json_integer(packet, "vbucket"),
      .status = (uint16_t)json_integer(packet, "status"),
      .opaque = (uint32_t)json_integer(packet, "opaque"),
      .origin = packet,
  };
}

struct cast read_cast(const struct json *cast) {
  return (struct cast){
      .kind = kind_of(cast, casts),
      .vbucket = (uint16_t)json_integer(cast, "vbucket"),
      .status = (uint16_t)json_integer(cast, "status"),
      .opaque = (uint32_t)json_integer(cast, "opaque"),
      .reason = (uint32_t)json_integer(cast, "reason"),
      .state = (uint8_t)json_integer(cast, "state"),
  };
}

struct call read_request(const struct json *request, uint16_t *vbuckets) {
  struct call call = {.kind = kind_of(request, calls), .vbuckets = {vbuckets, 0}};
  for (const struct json *one = json_first(request, "vbuckets"); one != NULL; one = one->next)
    vbuckets[call.vbuckets.count++] = (uint16_t)one->number;
  if (json_get(request, "vbucket") != NULL)
    vbuckets[call.vbuckets.count++] = (uint16_t)json_integer(request, "vbucket");
  return call;
}

void write_vbuckets(struct text *text, struct vbuckets vbuckets) {
  text_add(text, "[");
  for (size_t at = 0; at < vbuckets.count; at++) text_item(text, "%u", vbuckets.at[at]);
  text_add(text, "]");
}

static void write_failure(struct text *text, const struct failure *failure) {
  text_item(text, "{\"_tag\":\"%s\",", failure->is_end ? "StreamEnded" : "BadResponse");
  text_add(text, "\"%s\":%u,\"vbucket\":%u}", failure->is_end ? "reason" : "status", failure->code, failure->vbucket);
}

void write_reply(struct text *text, const struct reply *reply) {
  text_add(text, "{\"_tag\":\"%s\"", replies[reply->kind]);
  if (reply->kind == PARTITIONS) {
    text_add(text, ",\"vbuckets\":");
    write_vbuckets(text, reply->vbuckets);
  } else if (reply->kind == ERRORS) {
    text_add(text, ",\"failures\":[");
    for (size_t at = 0; at < reply->failure_count; at++) write_failure(text, &reply->failures[at]);
    text_add(text, "]");
  } else if (reply->kind == DCP_ERROR || reply->kind == TAKEOVER_ENDED) {
    text_add(text, ",\"%s\":%u", reply->kind == DCP_ERROR ? "status" : "reason", reply->code);
  }
  text_add(text, "}");
}

void write_crash(struct text *text, struct crash crash) {
  text_item(text, "{\"_tag\":\"Crash\",\"reason\":{\"_tag\":\"%s\"", crashes[crash.kind]);
  if (crash.kind == UNRECOGNIZED_OPAQUE) text_add(text, ",\"opaque\":%u", crash.about);
  if (crash.kind == UNEXPECTED_STREAM_END) text_add(text, ",\"vbucket\":%u", crash.about);
  text_add(text, "}}");
}
