/** Where the reference does other than what scylladb ships, as data. Source: dossier `raft-upgrade.md` 5, by the row given. */
export interface UpgradeOptions {
  /** When a node tells of its group (row 4): once its name is on disk, or as its server starts. */
  readonly tellsOfGroup: "onceStored" | "asServerStarts"
  /** What becomes of Raft rows that a joiner finds of the group that it joins (row 5). */
  readonly foundRows: "kept" | "overwritten"
  /** What a new node is to those who look for the group (rows 28, 62): nobody, or one of them. */
  readonly outsider: "onlyAsks" | "takesPart"
  /** What a new node that has arrived already does as it goes on (row 29). */
  readonly repeatedBootstrap: "keepsState" | "goesBack"
  /** What becomes of a state that an operator has written while the upgrade runs (row 47). */
  readonly editedState: "kept" | "overwritten"
  /** Whose word counts for its server (row 49): its own, or whoever was heard first, and then the node ends itself. */
  readonly otherServer: "ownWord" | "crashes"
  /** How a node that is in the group and has no vote begins (row 30). */
  readonly withoutVote: "byState" | "becomesVoter"
  /** What becomes of pulls once a node has arrived (row 39). */
  readonly pulls: "stop" | "goOn"
  /**
   * What a node does that stops waiting since another is through: it takes over what that one has, or goes on as it is. One that
   * has come while the others were on their way was asked by nobody for its schema, and lacks what they agreed on since.
   */
  readonly latecomers: "takeOver" | "asTheyAre"
  /**
   * Whether a node that waits for all to be in synchronize asks those again that it has seen there, once another does not answer: they
   * may be through by now, and the silent one may be dead.
   */
  readonly entered: "askedAgain" | "trusted"
  /** Where the first snapshot of a group begins (row 38): 0 is as good as none. */
  readonly firstIndex: 0 | 1
  /** Whether those that are through take out of the group who is off the ring (rows 32, 37). */
  readonly ghosts: "takenOut" | "left"
}

/** Holds every law. */
export const reference: UpgradeOptions = {
  tellsOfGroup: "onceStored",
  foundRows: "kept",
  outsider: "onlyAsks",
  repeatedBootstrap: "keepsState",
  editedState: "kept",
  otherServer: "ownWord",
  withoutVote: "byState",
  pulls: "stop",
  latecomers: "takeOver",
  entered: "askedAgain",
  firstIndex: 1,
  ghosts: "takenOut"
}

/** What scylladb shipped last (`dcafb5c083^`), as the dossier reads it. */
export const asShipped: UpgradeOptions = {
  ...reference,
  tellsOfGroup: "asServerStarts",
  foundRows: "overwritten",
  outsider: "takesPart",
  repeatedBootstrap: "goesBack",
  editedState: "overwritten",
  otherServer: "crashes",
  withoutVote: "becomesVoter",
  latecomers: "asTheyAre",
  entered: "trusted",
  ghosts: "left"
}
