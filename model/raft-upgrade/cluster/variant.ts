/** Designs of the way to group 0: the reference and changes to it, each by name. */
import { type Choices, varying } from "../../kernel/variants.ts"

export interface UpgradeVariant {
  /** Whether everybody is asked first, when members may still come and go (U1). */
  readonly dryRun: "asked" | "skipped"
  /** A node that has nobody to ask (U1). */
  readonly peerless: "begins" | "waits"
  /** Whom a node takes for its peers. Upstream 02bb70da19. */
  readonly peers: "all" | "withTokens"
  /** What a row is that names nobody, in what a node has of its peers. Upstream 23f59483b6. */
  readonly ghosts: "ignored" | "counted"
  /** How long a step waits that has to be tried again. Upstream 580bdec875. */
  readonly backoff: "doubles" | "longestAtOnce"
  /** When others may be told of the group: once its name is on the disk, or once it has one. Upstream 746322b740. */
  readonly reveals: "onceStored" | "onceStarted"
  /** What becomes of a node's rows of the group that it joins, where it finds some. */
  readonly foundRows: "kept" | "overwritten"
  /** What a node does that was not answered whether it is let in. */
  readonly joinTimeout: "asksAgain" | "waitsForEver"
  /** What a new node is to those who look for the group: nobody, or one of them. */
  readonly outsider: "onlyAsks" | "takesPart"
  /** Whether a new node hears first what its group knows (B3). */
  readonly barrier: "taken" | "skipped"
  /** What a new node does that has arrived and fell before it came to the ring (B2). */
  readonly repeatedBootstrap: "keepsState" | "goesBack"
  /** A member that has no vote, as far as it knows, goes by its state, or is taken for a new one. */
  readonly withoutVote: "byState" | "becomesVoter"
  /** Whether a group begins with a snapshot, so that whoever comes has what it began with. Upstream ff386e7a44. */
  readonly snapshot: "first" | "none"
  /** Whether a new node that stops waiting takes over what the one has that is through. */
  readonly latecomers: "takeOver" | "asTheyAre"
  /** Whether a new node takes changes before it is on the ring. Upstream 912466b4ef. */
  readonly newcomersTake: "nothing" | "changes"
  /** What a change of state waits for: the changes on their old path, or nothing. */
  readonly writeLock: "taken" | "notTaken"
  /** Whether a change goes by the disk's state or by what is left in memory. Upstream 114419d6ab. */
  readonly getter: "locked" | "unlocked"
  /** How long a change on the old path keeps its node from changing its state. Upstream 43687be1f1, a636c2af61. */
  readonly guard: "untilTheEnd" | "untilApplied" | "forEver"
  /** Whether a change asks once more for the lock that it has. */
  readonly nested: "none" | "asksAgain"
  /** Whom a node waits for before it gives up the old path's last traces (U7). */
  readonly waitsFor: "everybody" | "majority" | "nobody"
  /** What is taken for an arrival in synchronize (U7). */
  readonly ready: "synchronize" | "anything"
  /** Whether a node asks whom it can reach, or nobody while there is one whom it cannot (U7, U8). Upstream a45e0765e4. */
  readonly reaches: "each" | "allOrNoneInU7" | "allOrNoneInU8"
  /** Whether those that were seen in synchronize are asked again while others do not answer (U7). */
  readonly entered: "askedAgain" | "trusted"
  /** Whether a node makes sure that all of its peers have joined (U3). */
  readonly allJoined: "checked" | "skipped"
  /** The synchronisation of schemas after everybody has stopped using the old path (U8). */
  readonly secondSync: "done" | "skipped" | "keepsVersions" | "despiteFailures" | "byGossip" | "marksAsDone"
  /** A pull that fails for good ends the fiber, or is taken for one that was done. */
  readonly fatalPull: "failsTheFiber" | "ignored"
  /**
   * What a node waits for that shall take one off the ring, itself or another: to have arrived, as soon as anybody who is up looks
   * for the group or is in it. Or once it is in the group itself; once it has seen the feature (upstream 563998b69a); not before
   * the other is off the ring (upstream of 2022); or never.
   */
  readonly removal: "onceAnybodyLooks" | "onceInGroup" | "onceFeatureSeen" | "afterRing" | "never"
  /** Whether those that have arrived take out of the group who is off the ring, whoever began that. */
  readonly leftBehind: "takenOut" | "left"
  /** Whether a node waits for members that have left the ring by themselves, and are still in the group (U7, U8). */
  readonly leavers: "areNotAwaited" | "areAwaited"
  /** What one does that is off the ring before there is a group: it stays away from it, or looks for it like the others. */
  readonly afterLeaving: "staysAway" | "looks"
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
  /** What becomes of pulls once a node uses group 0. Upstream 0eee196a2e. */
  readonly pulls: "stop" | "goOn"
  /** What becomes of a change that comes in synchronize. Upstream 5ff693eff6. */
  readonly inSynchronize: "refuses" | "waits"
  /** Whether a node takes changes before its server of the group runs. Upstream f26179cd27. */
  readonly serves: "afterServer" | "beforeServer"
  /** Whether a call that has timed out and the end of its node end the same thing twice. Upstream 54170749b8. */
  readonly aborts: "each" | "shared"
  /** What a text stands for that is no state. */
  readonly unknownText: "recovery" | "pre"
  /** Whether what was stored is there after a fall. Upstream c89ead55ff. */
  readonly keys: "durable" | "cached"
}

/** The way as it has to be. */
export const reference: UpgradeVariant = {
  dryRun: "asked",
  peerless: "begins",
  peers: "all",
  ghosts: "ignored",
  backoff: "doubles",
  reveals: "onceStored",
  foundRows: "kept",
  joinTimeout: "asksAgain",
  outsider: "onlyAsks",
  barrier: "taken",
  repeatedBootstrap: "keepsState",
  withoutVote: "byState",
  snapshot: "first",
  latecomers: "takeOver",
  newcomersTake: "nothing",
  writeLock: "taken",
  getter: "locked",
  guard: "untilTheEnd",
  nested: "none",
  waitsFor: "everybody",
  ready: "synchronize",
  reaches: "each",
  entered: "askedAgain",
  allJoined: "checked",
  secondSync: "done",
  fatalPull: "failsTheFiber",
  removal: "onceAnybodyLooks",
  leftBehind: "takenOut",
  leavers: "areNotAwaited",
  afterLeaving: "staysAway",
  unanswered: "askedAgain",
  strangersVote: "isNone",
  offRing: "isFound",
  editedState: "kept",
  versions: "ofContents",
  earlyBy: "members",
  returning: "isRefused",
  pullsAgain: "stop",
  pulls: "stop",
  inSynchronize: "refuses",
  serves: "afterServer",
  aborts: "each",
  unknownText: "recovery",
  keys: "durable"
}

/** What was merged in 2022, with the lock that was added soon after (1d0264e1a9 and 114419d6ab). */
export const baseline2022: UpgradeVariant = {
  ...reference,
  foundRows: "overwritten",
  outsider: "takesPart",
  repeatedBootstrap: "goesBack",
  withoutVote: "becomesVoter",
  snapshot: "none",
  entered: "trusted",
  latecomers: "asTheyAre",
  pulls: "goOn"
}

/** What was shipped last (dcafb5c083^, 2026). */
export const asShipped: UpgradeVariant = {
  ...baseline2022,
  reveals: "onceStarted",
  snapshot: "first",
  pulls: "stop",
  inSynchronize: "waits"
}

const choices: Choices<UpgradeVariant> = {
  dryRun: ["asked", "skipped"],
  peerless: ["begins", "waits"],
  peers: ["all", "withTokens"],
  ghosts: ["ignored", "counted"],
  backoff: ["doubles", "longestAtOnce"],
  reveals: ["onceStored", "onceStarted"],
  foundRows: ["kept", "overwritten"],
  joinTimeout: ["asksAgain", "waitsForEver"],
  outsider: ["onlyAsks", "takesPart"],
  barrier: ["taken", "skipped"],
  repeatedBootstrap: ["keepsState", "goesBack"],
  withoutVote: ["byState", "becomesVoter"],
  snapshot: ["first", "none"],
  latecomers: ["takeOver", "asTheyAre"],
  newcomersTake: ["nothing", "changes"],
  writeLock: ["taken", "notTaken"],
  getter: ["locked", "unlocked"],
  guard: ["untilTheEnd", "untilApplied", "forEver"],
  nested: ["none", "asksAgain"],
  waitsFor: ["everybody", "majority", "nobody"],
  ready: ["synchronize", "anything"],
  reaches: ["each", "allOrNoneInU7", "allOrNoneInU8"],
  entered: ["askedAgain", "trusted"],
  allJoined: ["checked", "skipped"],
  removal: ["onceAnybodyLooks", "onceInGroup", "onceFeatureSeen", "afterRing", "never"],
  leftBehind: ["takenOut", "left"],
  leavers: ["areNotAwaited", "areAwaited"],
  afterLeaving: ["staysAway", "looks"],
  unanswered: ["askedAgain", "takenForDone"],
  strangersVote: ["isNone", "letsIn"],
  offRing: ["isFound", "isTakenForOut"],
  editedState: ["kept", "overwritten"],
  versions: ["ofContents", "asNamedByGroup0"],
  earlyBy: ["members", "peers"],
  returning: ["isRefused", "isWelcome"],
  pullsAgain: ["stop", "goOn"],
  secondSync: ["done", "skipped", "keepsVersions", "despiteFailures", "byGossip", "marksAsDone"],
  fatalPull: ["failsTheFiber", "ignored"],
  pulls: ["stop", "goOn"],
  inSynchronize: ["refuses", "waits"],
  serves: ["afterServer", "beforeServer"],
  aborts: ["each", "shared"],
  unknownText: ["recovery", "pre"],
  keys: ["durable", "cached"]
}

/** `base=asShipped` starts from a named variant. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<UpgradeVariant>("raft-upgrade", { reference, baseline2022, asShipped }, choices)
