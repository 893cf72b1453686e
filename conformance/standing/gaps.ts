/** What is missing of each system, said where everything that is there is counted. */

/** Sentences without their full stop, by protocol. */
export const gaps: Readonly<Record<string, ReadonlyArray<string>>> = {
  dcp: ["a search with two workers is 1.2 times as fast as with one", "symmetry is not used"],
  sessions: [
    "the largest scope (three nodes, two shards, all faults) is walked, not explored to the end",
    "the twin knows no conditional writes and no hints"
  ],
  "view-building": [
    "three scopes with workers as they are, and all four changes together, are explored in part",
    "streams of the twin are fenced by a look at the stage instead of sessions",
    "the largest tour of the worker is not taken in CI"
  ],
  "raft-upgrade": [
    "no elections and no joint configurations: one process leads the twin's groups, and the model's group is one thing",
    "the search for the group is explored alone, and in a cluster only its end",
    "the largest tours are not taken in CI"
  ]
}
