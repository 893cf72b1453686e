/* The adapter of dcp_consumer.c. What a request says and what a reply says is read and written by dcp_words.c. */
#include <string.h>

#include "dcp_consumer.h"
#include "dcp_words.h"
#include "frames.h"

static struct consumer *consumer;
static struct text *out;

static void send_packet(const char *tag, uint16_t vbucket, const char *rest) {
  text_item(out, "{\"_tag\":\"SendKvConsumer\",\"packet\":{\"_tag\":\"%s\",", tag);
  text_add(out, "\"vbucket\":%u,\"opaque\":%u%s}}", vbucket, vbucket, rest);
}

static void add_stream(uint16_t vbucket, bool takeover) {
  send_packet("AddStream", vbucket, takeover ? ",\"takeover\":true" : ",\"takeover\":false");
}

static void close_stream(uint16_t vbucket) { send_packet("CloseStream", vbucket, ""); }

static void forward(const struct packet *const *packets, size_t count) {
  text_item(out, "{\"_tag\":\"ForwardKvProducer\",\"packets\":[");
  for (size_t at = 0; at < count; at++) {
    const struct json *origin = packets[at]->origin;
    text_item(out, "%.*s", (int)origin->length, origin->source);
  }
  text_add(out, "]}");
}

static void cast_close_stream(uint16_t vb) { text_item(out, "{\"_tag\":\"CastCloseStream\",\"vbucket\":%u}", vb); }

static void reply(const char *caller, const struct reply *reply) {
  text_item(out, "{\"_tag\":\"Reply\",\"call\":%s,\"value\":", caller);
  write_reply(out, reply);
  text_add(out, "}");
}

static void start(void) {
  consumer_free(consumer);
  consumer = consumer_new(&(struct outside){add_stream, close_stream, forward, cast_close_stream, reply});
}

static void give_packets(const struct json *first) {
  struct packet packets[json_count(first) + 1];
  size_t count = 0;
  for (; first != NULL; first = first->next) packets[count++] = read_packet(first);
  consumer_chunk(consumer, packets, count);
}

static void give_call(const struct json *call) {
  uint16_t vbuckets[json_count(json_first(json_get(call, "request"), "vbuckets")) + 1];
  struct call read = read_request(json_get(call, "request"), vbuckets);
  read.caller = json_kept(call, "call");
  consumer_call(consumer, &read);
}

static const char *input(const struct json *given, struct text *outputs) {
  const char *tag = json_text(given, "_tag");
  out = outputs;
  if (!strcmp(tag, "Call")) give_call(given);
  else if (!strcmp(tag, "FromKvConsumer")) give_packets(json_first(given, "packets"));
  else if (!strcmp(tag, "FromProducerConnection")) consumer_cast(consumer, read_cast(json_get(given, "cast")));
  else if (!strcmp(tag, "SocketClosed")) consumer_give_up(consumer, SOCKET_CLOSED);
  else if (!strcmp(tag, "Killed")) consumer_give_up(consumer, KILLED);
  else return "bad-args";
  struct crash crash = consumer_crash(consumer);
  if (crash.kind != ALIVE) write_crash(out, crash);
  return NULL;
}

static void observe(struct text *value) {
  if (consumer_crash(consumer).kind == ALIVE) write_vbuckets(value, consumer_partitions(consumer));
}

int main(void) {
  serve(&(struct adapter){"dcp/consumer-connection", "dcp_consumer.c", start, input, "partitions", observe, true});
}
