/** Scopes of a cluster with workers as they are in which every law holds. Counts are pinned. */
import { asShipped, original2025 } from "../../variant.ts"
import { original2025 as original2025Worker, asShipped as shippedWorker } from "../../worker/variant.ts"
import { moving, neighbours, settled, two } from "../grounds.ts"
import { scope } from "../scope.ts"
import { late, migrated, staffed, staged } from "./grounds.ts"

export const holdingScopes = [
  scope("build", {
    about: "Two nodes, two shards, two tablets, two views: nothing goes wrong.",
    bounds: { ...staffed, ...two },
    pinned: [11_269, 27_424, 55]
  }),
  scope("migration", {
    about: "Two nodes, two shards, two tablets, two views: a tablet moves while they are built.",
    bounds: { ...staffed, ...settled, ...migrated },
    pinned: [8_577, 23_235, 47]
  }),
  scope("failover", {
    about: "Two nodes, two shards, two tablets, two views: a new coordinator takes over at every point of a build.",
    bounds: { ...staffed, ...settled, failovers: 1 },
    pinned: [53_347, 207_306, 44]
  }),
  scope("restart", {
    about: "Two nodes, two shards, two tablets, two views: a node restarts at any moment.",
    bounds: { ...staffed, ...settled, restarts: 1 },
    pinned: [1_484, 2_967, 36]
  }),
  scope("staging", {
    about: "Two nodes, two shards, two tablets, two views: an sstable comes into staging.",
    bounds: { ...staffed, ...settled, ...staged },
    pinned: [3_647, 9_184, 49]
  }),
  scope("restartAndStaging", {
    about: "Two nodes, two shards, two tablets, two views: a node restarts, an sstable comes into staging.",
    bounds: { ...staffed, ...settled, ...staged, restarts: 1 },
    pinned: [97_683, 272_485, 72]
  }),
  scope("migrationAndRestart", {
    about: "Two nodes, two shards, two tablets, two views: a tablet moves, a node restarts.",
    bounds: { ...staffed, ...settled, ...migrated, restarts: 1 },
    pinned: [139_454, 398_767, 58]
  }),
  scope("behind", {
    about: "Two nodes, of which either may be behind group 0, and observers that look at every command.",
    bounds: { ...staffed, ...late, nodes: ["A", "B"], notes: true },
    pinned: [31_768, 96_029, 34]
  }),
  scope("behindWithStaging", {
    about: "A node may be behind group 0 when it registers an sstable.",
    bounds: { ...staffed, ...late, ...staged },
    pinned: [12_396, 31_333, 46]
  }),
  scope("upgraded", {
    about: "Not every node knows of the least id when a build begins, and nodes may be behind.",
    bounds: { ...staffed, ...late, upgrades: true },
    pinned: [3_777, 8_282, 27]
  }),
  scope("notes", {
    about: "Every node notes in the end which views are built.",
    bounds: { ...staffed, ...settled, shards: 1, notes: true },
    pinned: [174, 305, 32]
  }),
  scope("hostDown", {
    about: "A node goes down, is noticed or not, and comes back.",
    bounds: { ...staffed, ...two, shards: 1, schema: [{ create: "v", of: "t" }], downs: 1 },
    pinned: [13_609, 33_549, 48]
  }),
  scope("viewDown", {
    about: "A replica of a view cannot be reached, and a connection breaks.",
    bounds: { ...staffed, failures: 2, breaks: 1 },
    pinned: [407, 724, 30]
  }),
  scope("views", {
    about: "Views come and go while a batch is at them.",
    bounds: { ...staffed, schema: [{ create: "v", of: "t" }, { create: "w", of: "t" }, { drop: "v" }, { drop: "w" }] },
    pinned: [3_826, 6_861, 37]
  }),
  scope("split", {
    about: "A tablet is split in the middle of a build, with an sstable in staging.",
    bounds: { ...staffed, ...staged, schemaFirst: 1, resizes: [{ base: "t", how: "split" }] },
    pinned: [13_862, 26_492, 71]
  }),
  scope("merge", {
    about: "Two tablets are merged in the middle of a build, with an sstable in staging in one of them.",
    bounds: {
      ...staffed,
      ...neighbours,
      ...staged,
      nodes: ["A"],
      schemaFirst: 1,
      resizes: [{ base: "t", how: "merge" }]
    },
    pinned: [15_674, 29_220, 61]
  }),
  scope("rewritten", {
    about: "An sstable in staging is written anew, wherever it is on its way to be processed.",
    bounds: { ...staffed, ...staged, schemaFirst: 1, rewrites: 1 },
    pinned: [654, 1_316, 39]
  }),
  scope("generatorStops", {
    about: "The view update generator stops while it processes an sstable.",
    bounds: { ...staffed, ...staged, schemaFirst: 1, stops: 1 },
    pinned: [422, 673, 40]
  })
]

/** What ships and what was merged in 2025, with their own workers. That of 2025 commits for every task that begins or ends (S23). */
export const shippedScopes = [
  scope("asShipped", {
    about: "Shipped, coordinator and workers, while a tablet moves with an sstable in staging.",
    variant: { ...asShipped, wakeUps: "level" },
    worker: shippedWorker,
    bounds: { ...staffed, ...moving, schemaFirst: 1 },
    pinned: [1_267, 2_701, 34]
  }),
  scope("original", {
    about: "The original of 2025, coordinator and workers: views come and go.",
    variant: { ...original2025, wakeUps: "level", afterFailure: "aSecondOfRest" },
    worker: original2025Worker,
    bounds: { ...staffed, schema: [{ create: "v", of: "t" }, { create: "w", of: "t" }, { drop: "v" }] },
    pinned: [2_408, 5_029, 39],
    mustFail: { S23: 18 }
  }),
  scope("originalMoves", {
    about: "The original of 2025, coordinator and workers: a tablet moves.",
    variant: { ...original2025, wakeUps: "level", afterFailure: "aSecondOfRest" },
    worker: original2025Worker,
    bounds: { ...staffed, ...moving, schemaFirst: 1 },
    pinned: [2_731, 7_959, 38],
    mustFail: { S23: 18 }
  }),
  scope("originalFailover", {
    about: "The original of 2025, coordinator and workers: a new coordinator goes on with what is STARTED.",
    variant: { ...original2025, wakeUps: "level", afterFailure: "aSecondOfRest" },
    worker: original2025Worker,
    bounds: { ...staffed, schemaFirst: 1, failovers: 1 },
    pinned: [709, 1_746, 30],
    mustFail: { S23: 18 }
  })
]
