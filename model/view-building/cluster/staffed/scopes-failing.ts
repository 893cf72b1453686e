/** Scopes of a cluster with workers as they are that must fail, and what HEAD has open among them. */
import { moving, neighbours } from "../grounds.ts"
import { scope } from "../scope.ts"
import { staffed, staged, withinNode } from "./grounds.ts"

export const failingScopes = [
  scope("mergedAway", {
    about: "M15: an sstable in staging is found by the tablet that it was registered for, which was merged.",
    worker: { finds: "byLastToken" },
    bounds: {
      ...staffed,
      ...neighbours,
      ...staged,
      nodes: ["A"],
      schemaFirst: 1,
      resizes: [{ base: "t", how: "merge" }]
    },
    pinned: [17_560, 31_531, 62],
    mustFail: { S14: 30, L4: 33 }
  }),
  scope("forgetsStaging", {
    about: "M18: files are streamed, and nobody hears of those in staging where they come.",
    variant: { streams: "forgetsStaging" },
    bounds: { ...staffed, ...moving, ...staged, rows: [], schemaFirst: 1 },
    pinned: [35_455, 93_708, 58],
    mustFail: { L4: 25 }
  }),
  scope("forgetsWithinNode", {
    about: "M16: a tablet moves within a node, and nobody hears of its files in staging on the other shard.",
    variant: { streams: "forgetsWithinNode" },
    bounds: { ...staffed, ...withinNode, ...staged, rows: [], schemaFirst: 1 },
    pinned: [28_730, 71_853, 57],
    mustFail: { L4: 25 }
  }),
  scope("cleansTarget", {
    about: "M43: a tablet moves within a node, and its cleanup forgets what waits on the shard where it went.",
    worker: { cleansUp: "everyShard" },
    bounds: { ...staffed, ...withinNode, ...staged, rows: [], schemaFirst: 1 },
    pinned: [66_881, 168_291, 60],
    mustFail: { S15: 29, L4: 25, L6r: 25 }
  }),
  scope("staleSstable", {
    about: "M33, shipped: an sstable in staging is written anew, and the batch asks for the old one for ever.",
    worker: { rewrites: "stale" },
    bounds: { ...staffed, ...staged, schemaFirst: 1, rewrites: 1 },
    pinned: [925, 1_718, 38],
    mustFail: { S15: 25, L1: 27, L4: 27, L5: 27, L6r: 27 }
  }),
  scope("generatorEndsAttempt", {
    about: "M38, shipped: the end of the view update generator counts as that of the attempt, and the task is deleted.",
    worker: { generatorStops: "endsAttempt" },
    bounds: { ...staffed, ...staged, schemaFirst: 1, stops: 1 },
    pinned: [442, 690, 38],
    mustFail: { S14: 29, L4: 32 }
  })
]
