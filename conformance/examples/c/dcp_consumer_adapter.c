/* The adapter of dcp_consumer.c: names in the order of its enumerations, words as calls, and calls as words. */
#include "dcp_consumer.h"
#include "frames.h"

#define SEND "{'_tag':'SendKvConsumer','packet':{'_tag':"

static struct consumer *consumer;

static void add_stream(uint16_t vb, bool takeover) {
  say(SEND "'AddStream','vbucket':%u,'opaque':%u,'takeover':%s}}", vb, vb, takeover ? "true" : "false");
}
static void close_stream(uint16_t vb) { say(SEND "'CloseStream','vbucket':%u,'opaque':%u}}", vb, vb); }
static void cast_close_stream(uint16_t vb) { say("{'_tag':'CastCloseStream','vbucket':%u}", vb); }

static void forward(const struct packet *packets, size_t count) {
  say("{'_tag':'ForwardKvProducer','packets':[");
  for (size_t at = 0; at < count; at++) say_read(packets[at].origin);
  say("]}");
}

static void reply(const char *caller, const struct reply *reply) {
  static const char *const values[] = {"'Ok'", "'Refused'", "'Partitions','vbuckets':", "'Errors','failures':[",
      "'TakeoverOnOpenStream'", "'DcpError','status':%u", "'TakeoverEnded','reason':%u", "'Interrupted'"};
  say("{'_tag':'Reply','call':%s,'value':{'_tag':", caller);
  say(values[reply->kind], reply->code);
  if (reply->kind == PARTITIONS) say_numbers(reply->vbuckets.at, reply->vbuckets.count);
  for (const struct failure *one = reply->failures; one < reply->failures + reply->failure_count; one++)
    if (one->is_end) say("{'_tag':'StreamEnded','reason':%u,'vbucket':%u}", one->code, one->vbucket);
    else say("{'_tag':'BadResponse','status':%u,'vbucket':%u}", one->code, one->vbucket);
  say(reply->kind == ERRORS ? "]}}" : "}}");
}

static void crash(struct crash crash) {
  static const char *const reasons[] = {"", "'UnrecognizedOpaque','opaque':%u", "'UnexpectedStreamEnd','vbucket':%u",
      "'BadMatch'", "'SocketClosed'", "'Killed'"};
  say("{'_tag':'Crash','reason':{'_tag':");
  say(reasons[crash.kind], crash.about);
  say("}}");
}

static void start(void) {
  consumer_free(consumer);
  consumer = consumer_new(&(struct outside){add_stream, close_stream, forward, cast_close_stream, reply, crash});
}

static struct packet packet(const struct json *of, const char *kinds) {
  return (struct packet){json_index(of, "_tag", kinds), json_integer(of, "vbucket"), json_integer(of, "status"),
      json_integer(of, "opaque"), json_integer(of, "reason"), json_integer(of, "state"), of};
}

static void chunk(const struct json *first) {
  static const char kinds[] = "AddStreamResponse CloseStreamResponse StreamRequest SetVBucketStateResponse";
  for (const struct json *one = first; one != NULL; one = one->next) consumer_packet(consumer, packet(one, kinds));
  consumer_chunk_end(consumer);
}

static void call(const struct json *request, const char *caller) {
  static const char kinds[] = "GetPartitions SetupStreams MaybeCloseStream Takeover ShutConnection";
  const struct json *named = json_get(request, json_get(request, "vbucket") != NULL ? "vbucket" : "vbuckets");
  uint16_t vbuckets[json_numbers(named, NULL) + 1];
  consumer_call(consumer, &(struct call){json_index(request, "_tag", kinds), {vbuckets, json_numbers(named, vbuckets)}, caller});
}

static const char *input(const struct json *given) {
  static const char casts[] = "ProducerStreamClosed ProducerStreamEnd SetVBucketStateSeen";
  if (json_is(given, "_tag", "Call") && json_get(given, "call")) call(json_get(given, "request"), json_kept(given, "call"));
  else if (json_is(given, "_tag", "FromKvConsumer")) chunk(json_first(given, "packets"));
  else if (json_is(given, "_tag", "FromProducerConnection")) consumer_cast(consumer, packet(json_get(given, "cast"), casts));
  else if (json_is(given, "_tag", "SocketClosed")) consumer_give_up(consumer, SOCKET_CLOSED);
  else if (json_is(given, "_tag", "Killed")) consumer_give_up(consumer, KILLED);
  else return "bad-args";
  return NULL;
}

static void observe(void) {
  if (consumer_is_alive(consumer)) say_numbers(consumer_partitions(consumer).at, consumer_partitions(consumer).count);
}

const struct adapter adapter = {"dcp/consumer-connection", "dcp_consumer.c", start, input, "partitions", observe, true};
