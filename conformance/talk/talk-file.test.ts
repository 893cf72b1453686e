import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Packet, ProducerCast } from "../../spec/dcp/messages.ts"
import { describeCast, describePacket } from "../report/dcp-words.ts"
import { modelStage } from "./dcp-model-stage.ts"
import { parseCast, parsePacket } from "./dcp-packet-text.ts"
import { commandsOf, play, variantsOf } from "./dcp-play.ts"
import { parseTalk, printTalk, TalkError } from "./talk-file.ts"

const small = `# Why.

variant asShipped endPolicy=ignore

# A caller comes.
setup-streams caller=c1 vbuckets=[5]
who-waits
----
to kv-consumer: ADD_STREAM vb=5 opaque=5 flags=0
c1 waits
`

const opaque = fc.nat(0xffffffff)
const ofStream = { vbucket: fc.nat(0xffff), opaque }
const answer = { opaque, status: fc.nat(0xffff) }
const word = fc.stringMatching(/^[a-z_]+$/)

/** Packets and casts by tag. A control is free text; one that a line cannot hold is never sent by kv. */
const packetFields: { readonly [Tag in Packet["_tag"]]: Readonly<Record<string, fc.Arbitrary<unknown>>> } = {
  AddStream: { ...ofStream, takeover: fc.boolean() },
  AddStreamResponse: answer,
  CloseStream: ofStream,
  CloseStreamResponse: answer,
  StreamRequest: ofStream,
  StreamRequestResponse: answer,
  StreamEnd: { ...ofStream, reason: fc.nat(0xff) },
  SetVBucketState: { ...ofStream, state: fc.nat(0xff) },
  SetVBucketStateResponse: answer,
  SnapshotMarker: ofStream,
  Mutation: ofStream,
  BufferAck: { opaque },
  Noop: { opaque },
  NoopResponse: answer,
  Control: { opaque, key: word, value: word },
  ControlResponse: answer
}
const castFields: { readonly [Tag in ProducerCast["_tag"]]: Readonly<Record<string, fc.Arbitrary<unknown>>> } = {
  ProducerStreamClosed: answer,
  ProducerStreamEnd: { ...ofStream, reason: fc.nat(0xff) },
  SetVBucketStateSeen: { ...ofStream, state: fc.nat(0xff) }
}

const tagged = (fields: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>>) =>
  fc.oneof(...Object.entries(fields).map(([tag, of]) => fc.record({ _tag: fc.constant(tag), ...of })))

const packets = tagged(packetFields) as fc.Arbitrary<Packet>
const casts = tagged(castFields) as fc.Arbitrary<ProducerCast>

const problemOf = (read: () => unknown): string => {
  try {
    read()
  } catch (thrown) {
    if (thrown instanceof TalkError) return thrown.message
    throw thrown
  }
  return "no problem"
}

const refused = (source: string): string =>
  problemOf(() => {
    const conversation = parseTalk("a.talk", source)
    variantsOf(conversation)
    commandsOf(conversation)
  })

describe("dcp: conversation files", () => {
  test("dcp: conversation files: printing what was read gives the same text", () => {
    const read = parseTalk("a.talk", small)
    expect(
      printTalk(
        read,
        read.exchanges.map(({ heard }) => heard)
      )
    ).toBe(small)
  })

  test("dcp: conversation files: what is heard takes the place of what was written", async () => {
    const read = parseTalk("a.talk", small.replace("c1 waits", "something else"))
    const [first] = variantsOf(read)
    expect(printTalk(read, await play(read, () => modelStage(first!.variant)))).toBe(small)
  })

  test("dcp: conversation files: a packet reads back as what it was told from", () => {
    fc.assert(
      fc.property(packets, (packet) => {
        expect(parsePacket(describePacket(packet))).toEqual(packet)
      })
    )
  })

  test("dcp: conversation files: a cast reads back as what it was told from", () => {
    fc.assert(
      fc.property(casts, (cast) => {
        expect(parseCast(describeCast(cast))).toEqual(cast)
      })
    )
  })

  test("dcp: conversation files: a bad file is told by line and by what is wrong with it", () => {
    const body = "get-partitions caller=c1\n----\n"
    const problems = [
      body,
      "# Why.\n",
      "# Why.\n\nget-partitions caller=c1\n",
      "# Why.\n\n----\nreply c1: ok\n",
      `# Why.\n\n${body}\n# Left over.\n`,
      `# Why.\n\n${body}\nvariant asShipped\n`,
      `# Why.\n\nvariant asPlanned\n\n${body}`,
      `# Why.\n\nvariant asShipped matchRule\n\n${body}`,
      `# Why.\n\nvariant asShipped matchRule=luck\n\n${body}`,
      `# Why.\n\n${body}\n${body}`,
      "# Why.\n\ntake-over caller=c1\n----\n",
      "# Why.\n\ntakeover caller=c1\n----\n",
      "# Why.\n\ntakeover caller=c1 vb=70000\n----\n",
      "# Why.\n\nget-partitions caller=c1 vb=5\n----\n",
      "# Why.\n\nget-partitions caller=c1\n# Late.\n----\n",
      "# Why.\n\nfrom kv-consumer: STREAM_NED vb=5 opaque=1 status=Ok\n----\n",
      "# Why.\n\nfrom kv-consumer: ADD_STREAM response fine opaque=5\n----\n",
      "# Why.\n\nfrom kv-producer: STREAM_END vb=5 opaque=1 status=Tired\n----\n",
      "# Why.\n\nfrom producer-connection: stream-end vb=5\n----\n"
    ].map(refused)
    expect(problems.join("\n")).toMatchInlineSnapshot(`
      "a.talk:1: a conversation opens with a paragraph of # lines that says why it is kept
      a.talk:1: there is no command in it
      a.talk:3: commands without a line "----" below them
      a.talk:3: "----" without a command above it
      a.talk:6: prose without a command below it
      a.talk:6: variants are named before the first command
      a.talk:3: dcp has no variant "asPlanned"; it has reference, errorList, asShipped, beforeFix
      a.talk:3: a parameter of a variant is name=value, not "matchRule"
      a.talk:3: dcp parameter matchRule cannot be "luck"; it can be headerOpaque, vbucket, incarnation
      a.talk:6: c1 was the name of an earlier call
      a.talk:3: "take-over caller=c1" is no command; there is
        setup-streams caller=c1 vbuckets=[5]
        maybe-close-stream caller=c1 vb=5
        takeover caller=c1 vb=5
        shut-connection caller=c1
        get-partitions caller=c1
        from kv-consumer: PACKET | PACKET
        from kv-producer: PACKET | PACKET
        from producer-connection: CAST
        close kv-consumer
        close kv-producer
        reconnect
        who-waits
      a.talk:3: takeover lacks vb=
      a.talk:3: "70000" is no vBucket
      a.talk:3: get-partitions has no field vb=
      a.talk:4: prose stands above the commands
      a.talk:3: there is no packet "STREAM_NED"; there is ADD_STREAM, CLOSE_STREAM, STREAM_REQ, STREAM_END, SET_VBUCKET_STATE, SNAPSHOT_MARKER, MUTATION, BUFFER_ACK, NOOP, CONTROL
      a.talk:3: "fine" is no status
      a.talk:3: "Tired" is no reason of a stream end
      a.talk:3: there is no cast "stream-end"; there is producer-stream-closed, producer-stream-end, set-vbucket-state"
    `)
  })
})
