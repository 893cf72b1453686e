/** The scopes of a cluster with plain workers. Counts are pinned: whoever changes a rule sees what it changes here. */
import type { Bounds } from "./bounds.ts"
import { scope } from "./scope.ts"

/** Two nodes with two shards, two tablets with a row in each, and two views. */
const two: Partial<Bounds> = {
  nodes: ["A", "B"],
  shards: 2,
  tables: [
    {
      base: "t",
      tablets: [
        { lastToken: 4, at: ["A.0"] },
        { lastToken: 8, at: ["B.0"] }
      ]
    }
  ],
  rows: [
    { base: "t", key: "k", token: 2 },
    { base: "t", key: "l", token: 6 }
  ],
  schema: [
    { create: "v", of: "t" },
    { create: "w", of: "t" }
  ]
}

/** The same with all views there before anything else begins. */
const settled: Partial<Bounds> = { ...two, schemaFirst: 2 }

/** Two nodes, and one tablet that goes from one to the other. */
const moving: Partial<Bounds> = {
  nodes: ["A", "B"],
  transitions: [{ base: "t", lastToken: 8, kind: "migration", to: ["B.0"] }]
}

const stagedAt = (at: string, sstable = "s", token = 3) => ({ base: "t", key: sstable, token, sstable, at })

/** Two tablets on one shard. */
const neighbours: Partial<Bounds> = {
  nodes: ["A", "B"],
  tables: [
    {
      base: "t",
      tablets: [
        { lastToken: 4, at: ["A.0"] },
        { lastToken: 8, at: ["A.0"] }
      ]
    }
  ],
  rows: [
    { base: "t", key: "k", token: 2 },
    { base: "t", key: "l", token: 6 }
  ]
}

const twoBases: Partial<Bounds> = {
  tables: ["t", "u"].map((base) => ({ base, tablets: [{ lastToken: 8, at: ["A.0"] }] })),
  rows: ["t", "u"].map((base) => ({ base, key: "k", token: 2 })),
  schema: [
    { create: "v", of: "t" },
    { create: "x", of: "u" }
  ]
}

/** Scopes in which the reference holds every law. */
const holding = [
  scope("build", {
    about: "Two nodes, two shards, two tablets, two views: nothing goes wrong.",
    bounds: two,
    pinned: [0, 0, 0]
  }),
  scope("notes", {
    about: "Every node notes in the end which views are built.",
    bounds: { ...two, shards: 1, notes: true },
    pinned: [0, 0, 0]
  }),
  scope("migration", {
    about: "A tablet moves to another node while a view is being built, and another view comes.",
    bounds: { ...two, schemaFirst: 1, transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.1"] }] },
    pinned: [0, 0, 0]
  }),
  scope("everyStage", {
    about: "A tablet goes through every stage of a migration.",
    bounds: { ...moving, stages: "all" },
    pinned: [0, 0, 0]
  }),
  scope("withinNode", {
    about: "A tablet moves between two shards of a node.",
    bounds: { shards: 2, transitions: [{ base: "t", lastToken: 8, kind: "intranode_migration", to: ["A.1"] }] },
    pinned: [0, 0, 0]
  }),
  scope("reverted", {
    about: "The stream of a migration fails: what was aborted comes back, and nothing else of that shard's.",
    bounds: {
      ...neighbours,
      transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.0"] }],
      streamFailures: 1
    },
    pinned: [0, 0, 0]
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
    pinned: [0, 0, 0]
  }),
  scope("repaired", {
    about: "A tablet is repaired: nothing is aborted, and nothing of it is asked for.",
    bounds: { transitions: [{ base: "t", lastToken: 8, kind: "repair", to: ["A.0"] }], stages: "all" },
    pinned: [0, 0, 0]
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
    pinned: [0, 0, 0]
  }),
  scope("removedReplica", {
    about: "A tablet loses one of two replicas, and what was to be done there goes with it.",
    bounds: {
      ...moving,
      tables: [{ base: "t", tablets: [{ lastToken: 8, at: ["A.0", "B.0"] }] }],
      transitions: [{ base: "t", lastToken: 8, kind: "rebuild", to: ["A.0"] }]
    },
    pinned: [0, 0, 0]
  }),
  scope("failover", {
    about: "A new coordinator takes over at every point of a build, and goes by what it finds running.",
    bounds: { ...settled, shards: 1, schema: [{ create: "v", of: "t" }], schemaFirst: 1, failovers: 1 },
    pinned: [0, 0, 0]
  }),
  scope("failoverAndViews", {
    about: "A new coordinator takes over while views come and go.",
    bounds: { schema: [{ create: "v", of: "t" }, { create: "w", of: "t" }, { drop: "v" }], failovers: 1 },
    pinned: [0, 0, 0]
  }),
  scope("failoverAndMigration", {
    about: "A new coordinator takes over while a tablet moves.",
    bounds: { ...moving, schemaFirst: 1, failovers: 1 },
    pinned: [0, 0, 0]
  }),
  scope("bothLost", {
    about: "A coordinator and a worker are lost: what was done and not collected is done once more.",
    bounds: { failovers: 1, restarts: 1 },
    pinned: [0, 0, 0]
  }),
  scope("restart", {
    about: "A node restarts at any moment: batches and what they had done are lost, tasks are not.",
    bounds: { ...two, restarts: 1 },
    pinned: [0, 0, 0]
  }),
  scope("restartAndMigration", {
    about: "A node restarts while a tablet moves.",
    bounds: { ...moving, restarts: 1 },
    pinned: [0, 0, 0]
  }),
  scope("lostCall", {
    about: "A call is lost, or its answer, or only the connection: it is made again after a second.",
    bounds: { breaks: 2 },
    pinned: [0, 0, 0]
  }),
  scope("hostDown", {
    about: "A node goes down, is noticed or not, and comes back.",
    bounds: { ...two, shards: 1, schema: [{ create: "v", of: "t" }], downs: 1 },
    pinned: [0, 0, 0]
  }),
  scope("viewDown", {
    about: "A replica of a view cannot be reached: the batch tries again, and nobody says that it is done.",
    bounds: { failures: 2, breaks: 1 },
    pinned: [0, 0, 0]
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
    pinned: [0, 0, 0]
  }),
  scope("staging", {
    about: "An sstable comes into staging while views are being built.",
    bounds: { ...two, staging: [stagedAt("A.0")] },
    pinned: [0, 0, 0]
  }),
  scope("stagingAlone", {
    about: "Two sstables come into staging of one tablet: the second to a task, or to a new one where that was begun.",
    bounds: { staging: [stagedAt("A.0", "s"), stagedAt("A.0", "z")] },
    pinned: [0, 0, 0]
  }),
  scope("stagingMoves", {
    about: "A tablet moves with an sstable in staging, to be registered where it goes.",
    bounds: { ...moving, staging: [stagedAt("A.0")] },
    pinned: [0, 0, 0]
  }),
  scope("stagingReverted", {
    about: "The tablet of an sstable in staging does not come where it was going.",
    bounds: { ...moving, staging: [stagedAt("A.0")], streamFailures: 1, stages: "all" },
    pinned: [0, 0, 0]
  }),
  scope("stagingRestart", {
    about: "A node restarts with an sstable in staging.",
    bounds: { staging: [stagedAt("A.0")], restarts: 1 },
    pinned: [0, 0, 0]
  }),
  scope("stagingFailover", {
    about: "A new coordinator takes over with an sstable in staging.",
    bounds: { staging: [stagedAt("A.0")], failovers: 1, schemaFirst: 1 },
    pinned: [0, 0, 0]
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
    pinned: [0, 0, 0]
  }),
  scope("merge", {
    about: "Two tablets are merged in the middle of a build, with an sstable in staging in one of them.",
    bounds: { ...neighbours, nodes: ["A"], resizes: [{ base: "t", how: "merge" }], staging: [stagedAt("A.0")] },
    pinned: [0, 0, 0]
  }),
  scope("selectiveMerge", {
    about: "Of three tablets only two can be merged.",
    bounds: {
      ...neighbours,
      tables: [
        {
          base: "t",
          tablets: [
            { lastToken: 2, at: ["B.0"] },
            { lastToken: 4, at: ["A.0"] },
            { lastToken: 6, at: ["A.0"] },
            { lastToken: 8, at: ["A.0"] }
          ]
        }
      ],
      resizes: [{ base: "t", how: "merge" }]
    },
    pinned: [0, 0, 0]
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
    pinned: [0, 0, 0]
  }),
  scope("views", {
    about: "Views come and go: a batch goes on with those that are left, or ends.",
    bounds: { schema: [{ create: "v", of: "t" }, { create: "w", of: "t" }, { drop: "v" }, { drop: "w" }] },
    pinned: [0, 0, 0]
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
    pinned: [0, 0, 0]
  }),
  scope("twoBases", {
    about: "Two bases have their turns, one after the other.",
    bounds: { ...twoBases },
    pinned: [0, 0, 0]
  }),
  scope("keyspaceDropped", {
    about: "A keyspace goes in the middle of a build, with an sstable in staging.",
    bounds: {
      ...twoBases,
      schema: [{ create: "v", of: "t" }, { create: "x", of: "u" }, { dropKeyspace: ["t"] }],
      staging: [stagedAt("A.0")]
    },
    pinned: [0, 0, 0]
  }),
  scope("tableDropped", {
    about: "A table goes once its views are gone, with an sstable in staging.",
    bounds: {
      ...twoBases,
      schema: [{ create: "v", of: "t" }, { create: "x", of: "u" }, { drop: "v" }, { dropTable: "t" }],
      staging: [stagedAt("A.0")]
    },
    pinned: [0, 0, 0]
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
    pinned: [0, 0, 0]
  }),
  scope("writes", {
    about: "Rows are written while a view is being built, and while their tablet moves.",
    bounds: { ...moving, writes: [{ base: "t", key: "m", token: 5 }] },
    pinned: [0, 0, 0]
  })
]

export const clusterScopes = [...holding]
