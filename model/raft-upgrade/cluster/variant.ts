/** Designs of the way to group 0: the reference and changes to it, each by name. */
import { type Choices, varying } from "../../kernel/variants.ts"

export interface UpgradeVariant {
  /** Whether everybody is asked first, when members may still come and go (U1). */
  readonly dryRun: "asked" | "skipped"
  /** What a change of state waits for: the changes on their old path, or nothing. */
  readonly writeLock: "taken" | "notTaken"
  /** Whether a change goes by the disk's state or by what is left in memory. Upstream 114419d6ab. */
  readonly getter: "locked" | "unlocked"
  /** How long a change on the old path keeps its node from changing its state. Upstream 43687be1f1. */
  readonly guard: "untilTheEnd" | "untilApplied"
  /** Whom a node waits for before it gives up the old path's last traces (U7). */
  readonly waitsFor: "everybody" | "majority" | "nobody"
  /** What is taken for an arrival in synchronize (U7). */
  readonly ready: "synchronize" | "anything"
  /** Whether a node makes sure that all of its peers have joined (U3). */
  readonly allJoined: "checked" | "skipped"
  /** The synchronisation of schemas after everybody has stopped using the old path (U8). */
  readonly secondSync: "done" | "skipped" | "keepsVersions" | "despiteFailures"
  /** A pull that fails for good ends the fiber, or is taken for one that was done. */
  readonly fatalPull: "failsTheFiber" | "ignored"
}

/** The way as it has to be. */
export const reference: UpgradeVariant = {
  dryRun: "asked",
  writeLock: "taken",
  getter: "locked",
  guard: "untilTheEnd",
  waitsFor: "everybody",
  ready: "synchronize",
  allJoined: "checked",
  secondSync: "done",
  fatalPull: "failsTheFiber"
}

const choices: Choices<UpgradeVariant> = {
  dryRun: ["asked", "skipped"],
  writeLock: ["taken", "notTaken"],
  getter: ["locked", "unlocked"],
  guard: ["untilTheEnd", "untilApplied"],
  waitsFor: ["everybody", "majority", "nobody"],
  ready: ["synchronize", "anything"],
  allJoined: ["checked", "skipped"],
  secondSync: ["done", "skipped", "keepsVersions", "despiteFailures"],
  fatalPull: ["failsTheFiber", "ignored"]
}

/** Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<UpgradeVariant>("raft-upgrade", { reference }, choices)
