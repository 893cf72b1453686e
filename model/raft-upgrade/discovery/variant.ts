/** Designs of discovery: the reference and changes to it, each by name. */
import { type Choices, varying } from "../../kernel/variants.ts"

export interface DiscoveryVariant {
  /** What a node answers that is about to create the group: nothing, or whom it knows. Upstream 586ef8fc23. */
  readonly leaderAnswers: "nothing" | "peers"
  /** Where it keeps whom it knows. Upstream 4147ef94b0. */
  readonly peersOn: "disk" | "memory"
  /** Whether it finds its server's identity again after a fall. */
  readonly server: "kept" | "madeAnew"
  /** A peer whose server is not known keeps everybody from creating the group, or counts for nothing. */
  readonly unknownServers: "block" | "ignored"
  /** A call that came to nothing, or to `None`: as if it had never been made, or as good as an answer. */
  readonly failedCalls: "silence" | "answers"
  /** When others may be told of the group: once its name is on the disk, or once it has one. Upstream 746322b740. */
  readonly reveals: "onceStored" | "onceStarted"
  /** What a second server of the same peer does; `ownWord` where each knows its own best, and nobody else's second word counts (M49). */
  readonly secondServer: "failsTheFiber" | "endsTheNode" | "ownWord"
}

/** Discovery as it has to be. */
export const reference: DiscoveryVariant = {
  leaderAnswers: "nothing",
  peersOn: "disk",
  server: "kept",
  unknownServers: "block",
  failedCalls: "silence",
  reveals: "onceStored",
  secondServer: "failsTheFiber"
}

/** As shipped last, in 2026. */
export const asShipped: DiscoveryVariant = { ...reference, reveals: "onceStarted", secondServer: "endsTheNode" }

const choices: Choices<DiscoveryVariant> = {
  leaderAnswers: ["nothing", "peers"],
  peersOn: ["disk", "memory"],
  server: ["kept", "madeAnew"],
  unknownServers: ["block", "ignored"],
  failedCalls: ["silence", "answers"],
  reveals: ["onceStored", "onceStarted"],
  secondServer: ["failsTheFiber", "endsTheNode", "ownWord"]
}

/** `base=asShipped` starts from a named variant. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<DiscoveryVariant>("raft-upgrade discovery", { reference, asShipped }, choices)
