/**
 * Everything at once: the bounds within which, by the dossier, every mutant can be reached. Too large to be seen to the end.
 *
 * Source: dossier sessions 5, modelling hint.
 */
import { clusterWitnesses } from "../../../spec/sessions/laws.ts"
import { scope } from "./scope.ts"

/**
 * Reading chosen: the hint names a purge but no repair, and a tombstone is purged only once a repair has brought it to every
 * replica, so a repair follows the migration. Its lost connection is one of a coordinator's calls and one of the streams, for
 * it does not say which. Its unrelated tablet is one on the same nodes whose own transition is about to end.
 */
export const wholeStory = scope("wholeStory", {
  about:
    "Three nodes, two shards, a migration and a repair, another tablet, two writes, a deletion, a purge, and one fault of each kind.",
  bounds: {
    nodes: ["A", "B", "C"],
    replicas: ["A", "C"],
    shards: 2,
    transitions: [
      { kind: "migration", to: ["B", "C"] },
      { kind: "repair", to: ["B", "C"] }
    ],
    neighbour: true,
    failovers: 1,
    requests: ["write", "write", "delete"],
    overlap: true,
    purges: 1,
    breaks: 1,
    streamBreaks: 1,
    restarts: 1,
    exclusions: 1
  },
  also: clusterWitnesses.map(({ id }) => id.replace("SES-", "")),
  pinned: [200_009, 527_745, 7],
  sample: { states: 200_000, walks: 100, steps: 1_000 }
})
