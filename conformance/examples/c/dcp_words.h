/* The words of a consumer connection as they stand in JSON (spec/dcp/messages.ts). */
#ifndef DCP_WORDS_H
#define DCP_WORDS_H

#include "dcp_consumer.h"
#include "json.h"

struct packet read_packet(const struct json *packet);
struct cast read_cast(const struct json *cast);

/* Reads a request. Its vBuckets go to a place with room for as many as there are, and one more. */
struct call read_request(const struct json *request, uint16_t *vbuckets);

void write_vbuckets(struct text *text, struct vbuckets vbuckets);

/* The value of a reply, such as {"_tag":"Ok"}. */
void write_reply(struct text *text, const struct reply *reply);

/* A crash, as the output that it is. */
void write_crash(struct text *text, struct crash crash);

#endif
