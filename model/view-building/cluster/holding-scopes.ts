/** Scopes in which the reference holds every law. Counts are pinned: whoever changes a rule sees what it changes here. */
import { merging, moving, neighbours, settled, stagedAt, two, twoBases } from "./grounds.ts"
import { scope } from "./scope.ts"

export const holdingScopes = [
  scope("build", {
    about: "Two nodes, two shards, two tablets, two views: nothing goes wrong.",
    bounds: two,
    pinned: [1_217, 2_383, 35]
  }),
  scope("notes", {
    about: "Every node notes in the end which views are built.",
    bounds: { ...two, shards: 1, notes: true },
    pinned: [2_319, 5_483, 37]
  }),
  scope("migration", {
    about: "Two nodes, two shards, two tablets: one of them moves while a view is being built, and another view comes.",
    bounds: { ...two, schemaFirst: 1, transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.1"] }] },
    pinned: [72_139, 183_752, 49]
  }),
  scope("everyStage", {
    about: "A tablet goes through every stage of a migration.",
    bounds: { ...moving, stages: "all" },
    pinned: [607, 1_064, 26]
  }),
  scope("withinNode", {
    about: "A tablet moves between two shards of a node.",
    bounds: { shards: 2, transitions: [{ base: "t", lastToken: 8, kind: "intranode_migration", to: ["A.1"] }] },
    pinned: [376, 617, 23]
  }),
  scope("reverted", {
    about: "The stream of a migration fails: what was aborted comes back, and nothing else of that shard's.",
    bounds: {
      ...neighbours,
      transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.0"] }],
      streamFailures: 1
    },
    pinned: [1_674, 3_093, 29]
  }),
  scope("revertedTwice", {
    about: "One tablet of a shard is in a migration when another's is reverted.",
    bounds: {
      ...neighbours,
      transitions: [
        { base: "t", lastToken: 4, kind: "migration", to: ["B.0"] },
        { base: "t", lastToken: 8, kind: "migration", to: ["B.0"] }
      ],
      streamFailures: 1,
      stages: "all"
    },
    pinned: [35_210, 77_885, 48]
  }),
  scope("twoTransitions", {
    about: "Two tablets of a shard are in a transition at a time, and one of them goes back.",
    bounds: {
      ...neighbours,
      transitions: [
        { base: "t", lastToken: 4, kind: "migration", to: ["B.0"] },
        { base: "t", lastToken: 8, kind: "migration", to: ["B.0"] }
      ],
      together: 2,
      streamFailures: 1
    },
    pinned: [57_056, 137_402, 43]
  }),
  scope("repaired", {
    about: "A tablet is repaired: nothing is aborted, and nothing of it is asked for.",
    bounds: { transitions: [{ base: "t", lastToken: 8, kind: "repair", to: ["A.0"] }], stages: "all" },
    pinned: [112, 192, 17]
  }),
  scope("addedReplica", {
    about: "A tablet gets a second replica, which has a part in each view that is not built, and another view comes.",
    bounds: {
      ...moving,
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ],
      transitions: [{ base: "t", lastToken: 8, kind: "rebuild", to: ["A.0", "B.0"] }]
    },
    pinned: [3_339, 6_515, 40]
  }),
  scope("removedReplica", {
    about: "A tablet loses one of two replicas, and what was to be done there goes with it.",
    bounds: {
      ...moving,
      tables: [{ base: "t", tablets: [{ lastToken: 8, at: ["A.0", "B.0"] }] }],
      transitions: [{ base: "t", lastToken: 8, kind: "rebuild", to: ["A.0"] }]
    },
    pinned: [949, 1_911, 29]
  }),
  scope("failover", {
    about: "Two nodes, two shards, two tablets, two views: a new coordinator takes over at every point of a build.",
    bounds: { ...settled, failovers: 1 },
    pinned: [4_510, 14_162, 31]
  }),
  scope("failoverAndViews", {
    about: "A new coordinator takes over while views come and go.",
    bounds: { schema: [{ create: "v", of: "t" }, { create: "w", of: "t" }, { drop: "v" }], failovers: 1 },
    pinned: [20_874, 58_493, 42]
  }),
  scope("failoverAndMigration", {
    about: "Two nodes, two shards, two tablets, two views: a new coordinator takes over while a tablet moves.",
    bounds: { ...settled, transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.1"] }], failovers: 1 },
    pinned: [311_817, 1_268_124, 45]
  }),
  scope("bothLost", {
    about:
      "Two nodes, two shards, two tablets, two views: a coordinator and a worker are lost, and what was not collected is done once more.",
    bounds: { ...settled, failovers: 1, restarts: 1 },
    pinned: [49_333, 173_125, 37]
  }),
  scope("restart", {
    about: "A node restarts at any moment: batches and what they had done are lost, tasks are not.",
    bounds: { ...two, restarts: 1 },
    pinned: [14_360, 31_174, 41]
  }),
  scope("restartAndMigration", {
    about: "Two nodes, two shards, two tablets, two views: a node restarts while a tablet moves.",
    bounds: { ...settled, transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.1"] }], restarts: 1 },
    pinned: [17_026, 38_731, 40]
  }),
  scope("lostCall", {
    about: "A call is lost, or its answer, or only the connection: it is made again after a second.",
    bounds: { breaks: 2 },
    pinned: [181, 360, 22]
  }),
  scope("hostDown", {
    about: "A node goes down, is noticed or not, and comes back.",
    bounds: { ...two, shards: 1, schema: [{ create: "v", of: "t" }], downs: 1 },
    pinned: [3_660, 8_395, 38]
  }),
  scope("viewDown", {
    about: "A replica of a view cannot be reached: the batch tries again, and nobody says that it is done.",
    bounds: { failures: 2, breaks: 1 },
    pinned: [131, 206, 20]
  }),
  scope("slowGroupZero", {
    about: "Commits come to nothing for want of time, and are made again.",
    bounds: {
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ],
      timeouts: 2
    },
    pinned: [423, 634, 29]
  }),
  scope("staging", {
    about: "An sstable comes into staging while views are being built.",
    bounds: { ...two, staging: [stagedAt("A.0")] },
    pinned: [23_010, 51_359, 47]
  }),
  scope("stagingAlone", {
    about: "Two sstables come into staging of one tablet: the second to a task, or to a new one where that was begun.",
    bounds: { staging: [stagedAt("A.0", "s"), stagedAt("A.0", "z")] },
    pinned: [835, 1_290, 38]
  }),
  scope("stagingMoves", {
    about:
      "Two nodes, two shards, two tablets, two views: a tablet moves with an sstable in staging, to be registered where it goes.",
    bounds: {
      ...settled,
      transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.1"] }],
      staging: [stagedAt("A.0")]
    },
    pinned: [85_221, 205_103, 53]
  }),
  scope("stagingReverted", {
    about: "The tablet of an sstable in staging does not come where it was going.",
    bounds: { ...moving, staging: [stagedAt("A.0")], streamFailures: 1, stages: "all" },
    pinned: [23_775, 45_181, 49]
  }),
  scope("stagingRestart", {
    about: "Two nodes, two shards, two tablets, two views: a node restarts with an sstable in staging.",
    bounds: { ...settled, staging: [stagedAt("A.0")], restarts: 1 },
    pinned: [8_914, 18_377, 49]
  }),
  scope("stagingFailover", {
    about: "Two nodes, two shards, two tablets, two views: a new coordinator takes over with an sstable in staging.",
    bounds: { ...settled, staging: [stagedAt("A.0")], failovers: 1 },
    pinned: [126_339, 478_136, 43]
  }),
  scope("split", {
    about: "A tablet is split in the middle of a build, and both halves have what was left of it.",
    bounds: {
      resizes: [{ base: "t", how: "split" }],
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ]
    },
    pinned: [2_934, 4_146, 42]
  }),
  scope("merge", {
    about: "Two tablets are merged in the middle of a build, with an sstable in staging in one of them.",
    bounds: { ...neighbours, nodes: ["A"], resizes: [{ base: "t", how: "merge" }], staging: [stagedAt("A.0")] },
    pinned: [3_051, 4_301, 37]
  }),
  scope("selectiveMerge", {
    about: "Of three tablets only two can be merged.",
    bounds: merging,
    pinned: [13_356, 24_024, 41]
  }),
  scope("splitAndMerge", {
    about: "A table is split and merged again, while a call is lost.",
    bounds: {
      resizes: [
        { base: "t", how: "split" },
        { base: "t", how: "merge" }
      ],
      breaks: 1
    },
    pinned: [13_567, 26_371, 62]
  }),
  scope("views", {
    about: "Views come and go: a batch goes on with those that are left, or ends.",
    bounds: { schema: [{ create: "v", of: "t" }, { create: "w", of: "t" }, { drop: "v" }, { drop: "w" }] },
    pinned: [1_160, 1_891, 27]
  }),
  scope("emptyBase", {
    about: "A view of a base that is known to be empty is built at once.",
    bounds: {
      rows: [],
      schema: [
        { create: "v", of: "t", empty: true },
        { create: "w", of: "t" }
      ]
    },
    pinned: [23, 28, 15]
  }),
  scope("twoBases", {
    about: "Two bases have their turns, one after the other.",
    bounds: { ...twoBases },
    pinned: [64, 78, 25]
  }),
  scope("keyspaceDropped", {
    about: "A keyspace goes in the middle of a build, with an sstable in staging.",
    bounds: {
      ...twoBases,
      schema: [{ create: "v", of: "t" }, { create: "x", of: "u" }, { dropKeyspace: ["t"] }],
      staging: [stagedAt("A.0")]
    },
    pinned: [3_168, 4_880, 38]
  }),
  scope("tableDropped", {
    about: "A table goes once its views are gone, with an sstable in staging.",
    bounds: {
      ...twoBases,
      schema: [{ create: "v", of: "t" }, { create: "x", of: "u" }, { drop: "v" }, { dropTable: "t" }],
      staging: [stagedAt("A.0")]
    },
    pinned: [6_784, 11_426, 39]
  }),
  scope("members", {
    about: "A node joins in the middle of a build, and leaves again.",
    bounds: {
      nodes: ["A", "B"],
      joining: ["B"],
      notes: true,
      members: [{ join: "B" }, { drain: "B" }, { leave: "B" }],
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ]
    },
    pinned: [2_408, 5_906, 30]
  }),
  scope("writes", {
    about: "Rows are written while a view is being built, and while their tablet moves.",
    bounds: { ...moving, writes: [{ base: "t", key: "m", token: 5 }] },
    pinned: [1_052, 2_147, 24]
  })
]
