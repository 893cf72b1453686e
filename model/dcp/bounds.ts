/** How far a system may go, and what its environment may do. */
import type { Request } from "../../spec/dcp/messages.ts"
import type { VBucket } from "../../spec/ids.ts"
import { UnknownOverride } from "../kernel/scope.ts"
import type { KvConsumerConfig } from "./kv-consumer.ts"

/** A number of times, or as often as the rest of the system allows. */
export type Times = number | "any"

/** The ways of dossier 2.8 in which an answer to ADD_STREAM is lost while the connection stays up. */
export type Loss = "droppedWithStream" | "vbucketDeleted" | "vbucketStateChanged" | "rollbackAborted" | "producerSilent"

/** How much of everything there is in a scope of DCP. */
export interface Bounds extends KvConsumerConfig {
  readonly vbuckets: number
  /** Calls that may be made, each any of the requests. */
  readonly calls: number
  readonly requests: ReadonlyArray<Request>
  /** A call may be made while another waits. The replicator never does; a direct caller may. */
  readonly overlap: boolean
  /** Streams that the producer may end of its own accord. */
  readonly ends: Times
  /** Times that kv may refuse a stream. */
  readonly refusals: Times
  /** Whether a refusal may also be a demand to roll back. */
  readonly rollbacks: boolean
  /** Times that a socket may break. */
  readonly breaks: Times
  /** Packets that one chunk of a socket may hold. */
  readonly chunk: number
  readonly losses: ReadonlyArray<Loss>
  /** What kv says waits in its socket, for a kit that holds the sockets' other ends; otherwise it is in the mailbox at once. */
  readonly sockets: boolean
  /** Assumptions that are switched off, by id. */
  readonly without: ReadonlyArray<string>
}

export const vb = (vbucket: number): VBucket => vbucket as VBucket

export const setup = (...vbuckets: ReadonlyArray<number>): Request => ({
  _tag: "SetupStreams",
  vbuckets: vbuckets.map(vb)
})
export const maybeClose = (vbucket: number): Request => ({ _tag: "MaybeCloseStream", vbucket: vb(vbucket) })
export const takeover = (vbucket: number): Request => ({ _tag: "Takeover", vbucket: vb(vbucket) })
export const shutConnection: Request = { _tag: "ShutConnection" }

/** Small enough for every reader; scopes say how they differ. */
export const small: Bounds = {
  vbuckets: 1,
  calls: 1,
  requests: [setup(0)],
  overlap: false,
  ends: "any",
  refusals: "any",
  rollbacks: false,
  breaks: 0,
  chunk: 2,
  losses: ["droppedWithStream"],
  sockets: false,
  without: [],
  streamOpaques: "counter",
  noSuchStream: "KeyEnoent"
}

const known = ["DCP-A1", "DCP-A2", "DCP-A3", "DCP-A4", "DCP-A5", "DCP-A6"]
const lossesOfA4: ReadonlyArray<Loss> = [
  "droppedWithStream",
  "vbucketDeleted",
  "vbucketStateChanged",
  "rollbackAborted",
  "producerSilent"
]

/** The same bounds with assumptions switched off. Throws `UnknownOverride` for an id that is none. */
export const assuming = (bounds: Bounds, without: ReadonlyArray<string>): Bounds => {
  const ids = without.map((id) => (id.startsWith("DCP-") ? id : `DCP-${id}`))
  const stranger = ids.find((id) => !known.includes(id))
  if (stranger !== undefined)
    throw new UnknownOverride(`dcp has no assumption "${stranger}"; it has ${known.join(", ")}`)
  return {
    ...bounds,
    without: [...bounds.without, ...ids],
    losses: ids.includes("DCP-A4") ? lossesOfA4 : bounds.losses
  }
}
