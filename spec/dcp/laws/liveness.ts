/** Laws about waiting: L1 to L6, L8, S17. */
import { leadsTo } from "../../law.ts"
import { ledger } from "../follow.ts"
import { openStreams } from "../ledger.ts"
import { calls, desire, isGone, isWhole, lifetimes, type OpenCall } from "../memories.ts"

const waiting = (open: ReadonlyArray<OpenCall>, ...kinds: ReadonlyArray<string>): string | undefined => {
  const who = open.filter(({ kind }) => kinds.includes(kind)).map(({ call }) => call)
  return who.length === 0 ? undefined : `${who.join(", ")} ${who.length === 1 ? "waits" : "wait"} for an answer`
}

export const L1 = leadsTo("DCP-L1", {
  sentence: "Every set-up or close is answered in the end, or its caller exits.",
  source: "dossier dcp 5, L1; MB-53445",
  given: ["DCP-A1", "DCP-A2", "DCP-A3", "DCP-A4"],
  follows: calls,
  pending: ({ open }) => waiting(open, "SetupStreams", "MaybeCloseStream")
})

export const L2 = leadsTo("DCP-L2", {
  sentence: "When a connection dies, every waiting caller exits in the end.",
  source: "dossier dcp 5, L2; MB-21511",
  given: ["DCP-A2"],
  follows: calls,
  pending: ({ open, dead, halved }) =>
    (dead || halved) && open.length > 0
      ? `${open.map(({ call }) => call).join(", ")} still waits for a dead connection`
      : undefined
})

export const L3 = leadsTo("DCP-L3", {
  sentence: "Every takeover is answered in the end, or its caller exits.",
  source: "dossier dcp 5, L3; section 3, F6",
  given: ["DCP-A1", "DCP-A2", "DCP-A4", "DCP-A5"],
  follows: calls,
  pending: ({ open }) => waiting(open, "Takeover")
})

export const L4 = leadsTo("DCP-L4", {
  sentence: "A shut comes back within its timeout even if the producer is dead, and the replicator is gone afterwards.",
  source: "dossier dcp 5, L4; MB-16064, MB-17279, MB-46253",
  given: ["DCP-A1", "DCP-A2", "DCP-A3"],
  follows: lifetimes,
  pending: ({ stopping }) => (stopping ? "the replicator was told to stop and is still there" : undefined)
})

export const L4c = leadsTo("DCP-L4c", {
  sentence: "A shut of the consumer connection is answered in the end, or its caller exits.",
  source: "dossier dcp 5, L4; 2.1 shut_connection",
  reading: "L4 seen from a direct caller, without the replicator's timeout to help.",
  given: ["DCP-A1", "DCP-A2", "DCP-A3"],
  follows: calls,
  pending: ({ open }) => waiting(open, "ShutConnection")
})

export const L5 = leadsTo("DCP-L5", {
  sentence: "A stream that ended is not believed open for ever, so that a later set-up can add it again.",
  source: "dossier dcp 5, L5; MB-17241, MB-51223",
  given: ["DCP-A2"],
  follows: ledger,
  pending: (at) => {
    const open = openStreams(at)
    const ghost = at.believed?.find((vbucket) => !open.includes(vbucket))
    return ghost === undefined ? undefined : `stream ${ghost} ended and is still believed open`
  }
})

export const L6 = leadsTo("DCP-L6", {
  sentence: "After a failure, a repeated desired map leads to all wanted streams being open.",
  source: "dossier dcp 5, L6; 2.10",
  given: ["DCP-A2", "DCP-A6"],
  follows: desire,
  pending: ({ wanted, satisfied }) =>
    wanted === null || satisfied ? undefined : `[${wanted.join(", ")}] is wanted and not replicated`
})

export const L8 = leadsTo("DCP-L8", {
  sentence:
    "The kv consumer answers every ADD_STREAM in the end, or the connection breaks: what agreement (i) obliges it to.",
  source: "dossier dcp 5, A4 in full; review 2022-09-23, agreement (i)",
  reading:
    "A law about kv, not about the proxy: judged where the environment promises it, and broken by kv as it is (2.8).",
  given: ["DCP-A1", "DCP-A2"],
  follows: ledger,
  pending: ({ owed }) => (owed.add.length === 0 ? undefined : `ADD_STREAM ${owed.add.join(", ")} is not answered`)
})

export const S17 = leadsTo("DCP-S17", {
  sentence:
    "Death is contained: when one of replicator, consumer and producer connection dies, all three and both sockets go.",
  source: "dossier dcp 5, S17; 2.10",
  given: ["DCP-A2"],
  follows: lifetimes,
  pending: (at) => (isWhole(at) || isGone(at) ? undefined : `only ${at.gone.join(", ")} is gone`)
})
