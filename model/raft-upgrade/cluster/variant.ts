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
  /**
   * What a node waits for that shall take one off the ring, itself or another: to have arrived, as soon as anybody who is up looks
   * for the group or is in it. Or once it is in the group itself; once it has seen the feature (upstream 563998b69a); not before
   * the other is off the ring (upstream of 2022); or never.
   */
  readonly removal: "onceAnybodyLooks" | "onceInGroup" | "onceFeatureSeen" | "afterRing" | "never"
  /** Whether those that have arrived take out of the group who is off the ring, whoever began that. */
  readonly ghosts: "takenOut" | "left"
  /** Whether a reconfiguration that nobody answered is asked for again. Upstream 12bb8b7c8d. */
  readonly unanswered: "askedAgain" | "takenForDone"
  /** What taking away a vote does to one that is in no group. Upstream 3b9765dac8. */
  readonly strangersVote: "isNone" | "letsIn"
  /** Whether a node that is off the ring is found in the group, if it is taken out only after that. Upstream ee19411783. */
  readonly offRing: "isFound" | "isTakenForOut"
  /** What becomes of a state that an operator writes while its node is on its way. */
  readonly editedState: "kept" | "overwritten"
  /** What a schema is known by that group 0 has named once, after a change on the old path. Upstream 3db8ac80cb. */
  readonly versions: "ofContents" | "asNamedByGroup0"
  /** Whose word lets a node stop waiting: a member's, or that of anybody on the ring. */
  readonly earlyBy: "members" | "peers"
  /** Whether a node that begins again is taken for a peer by those who have another group. Upstream issue 14448. */
  readonly returning: "isRefused" | "isWelcome"
  /** What becomes of the gossip's pulls once a node has arrived in a second group. Upstream ec3a35303d. */
  readonly pullsAgain: "stop" | "goOn"
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
  fatalPull: "failsTheFiber",
  removal: "onceAnybodyLooks",
  ghosts: "takenOut",
  unanswered: "askedAgain",
  strangersVote: "isNone",
  offRing: "isFound",
  editedState: "kept",
  versions: "ofContents",
  earlyBy: "members",
  returning: "isRefused",
  pullsAgain: "stop"
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
  fatalPull: ["failsTheFiber", "ignored"],
  removal: ["onceAnybodyLooks", "onceInGroup", "onceFeatureSeen", "afterRing", "never"],
  ghosts: ["takenOut", "left"],
  unanswered: ["askedAgain", "takenForDone"],
  strangersVote: ["isNone", "letsIn"],
  offRing: ["isFound", "isTakenForOut"],
  editedState: ["kept", "overwritten"],
  versions: ["ofContents", "asNamedByGroup0"],
  earlyBy: ["members", "peers"],
  returning: ["isRefused", "isWelcome"],
  pullsAgain: ["stop", "goOn"]
}

/** Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<UpgradeVariant>("raft-upgrade", { reference }, choices)
