/** The common battery of a cluster: the same scopes for everybody, each small enough to be walked in a moment. */
import { type Bounds, small } from "../../../../model/sessions/cluster/bounds.ts"

/** One scope of the battery. */
export interface Trial {
  readonly name: string
  readonly bounds: Bounds
}

const trial = (name: string, bounds: Partial<Bounds>): Trial => ({ name, bounds: { ...small, ...bounds } })

const oneShard = { shards: 1 } as const
const repair = { kind: "repair", to: ["A"] } as const
const oneRepair = { ...oneShard, transitions: [repair] } as const

/** In the order in which they are taken: the sooner a scope is walked, the earlier. */
export const battery: ReadonlyArray<Trial> = [
  trial("a repair of a node by itself on two shards, a stream breaks", {
    nodes: ["A"],
    transitions: [repair],
    streamBreaks: 1
  }),
  trial("a repair of a node by itself, a connection breaks", { ...oneRepair, nodes: ["A"], breaks: 1 }),
  trial("a repair beside other work", { ...oneRepair, unrelated: true }),
  trial("a rebuild", { ...oneShard, transitions: [{ kind: "rebuild", to: ["A", "B"] }] }),
  trial("a migration within a node that is lost", {
    nodes: ["A"],
    transitions: [{ kind: "intranode_migration", to: ["A.0"] }],
    exclusions: 1,
    during: ["write_both_read_new"]
  }),
  trial("a rebuild without one replica", {
    ...oneShard,
    replicas: ["A", "B"],
    transitions: [{ kind: "rebuild_v2", to: ["A"] }]
  }),
  trial("a migration, its cleanup is asked for twice", { ...oneShard, repeats: 1, during: ["cleanup"] }),
  trial("a migration, a restart as it ends", { ...oneShard, restarts: 1, during: ["end_migration"] }),
  trial("two repairs of a node by itself, a message comes twice", {
    ...oneShard,
    nodes: ["A"],
    transitions: [repair, repair],
    repeats: 1,
    during: ["repair"]
  }),
  trial("a repair of a node by itself, another coordinator", { ...oneRepair, nodes: ["A"], failovers: 1 }),
  trial("a repair beside another tablet's barriers, work that never ends", {
    ...oneRepair,
    nodes: ["A"],
    neighbour: true,
    without: ["SES-F2"]
  }),
  trial("a repair of a node by itself, a write, a shutdown", {
    ...oneRepair,
    nodes: ["A"],
    requests: ["write"],
    shutdowns: 1,
    during: ["end_repair"]
  }),
  trial("a restore and a repair, a stream breaks", {
    ...oneShard,
    transitions: [{ kind: "restore", to: ["A"] }, repair],
    streamBreaks: 1
  }),
  trial("a migration, a full disk", { ...oneShard, fullDisks: 1 }),
  trial("a repair, a write at another node", {
    ...oneRepair,
    requests: ["write"],
    asks: [{ at: "B", stage: "end_repair" }]
  }),
  trial("two conditional writes that overlap", {
    ...oneShard,
    nodes: ["A"],
    transitions: [],
    requests: ["conditional", "conditional"],
    overlap: true
  }),
  trial("a repair, a write at another node that is kept as a hint", {
    ...oneRepair,
    requests: ["write"],
    asks: [{ at: "B", stage: "end_repair" }],
    hint: true
  }),
  trial("a write that is kept as a hint, a deletion, a repair, a purge", {
    ...oneShard,
    replicas: ["A", "B"],
    transitions: [{ kind: "repair", to: ["A", "B"] }],
    requests: ["write", "delete"],
    script: ["request", "request", "transition"],
    asks: [
      { at: "A", stage: null },
      { at: "A", stage: null }
    ],
    patient: true,
    hint: true,
    purges: 1
  }),
  trial("a migration, a stream breaks, states are skipped", { ...oneShard, streamBreaks: 1, skips: true }),
  trial("a repair of a node by itself, a write, the topology changes", {
    ...oneRepair,
    nodes: ["A"],
    requests: ["write"],
    bumps: 1,
    during: ["end_repair"]
  }),
  trial("a migration, a write as it begins", {
    ...oneShard,
    requests: ["write"],
    asks: [{ at: "A", stage: "allow_write_both_read_old" }],
    patient: true
  }),
  trial("a migration, a node is lost while it streams", { ...oneShard, exclusions: 1, during: ["streaming"] }),
  trial("a migration, a write as the old replica goes out of use", {
    ...oneShard,
    requests: ["write"],
    asks: [{ at: "A", stage: "use_new" }]
  }),
  trial("a migration within a node, and a rebuild that adds nothing, a message comes twice", {
    nodes: ["A"],
    transitions: [
      { kind: "intranode_migration", to: ["A.0"] },
      { kind: "rebuild", to: ["A.0"] }
    ],
    repeats: 1,
    during: ["streaming"]
  }),
  trial("a repair, a message comes twice", { ...oneRepair, repeats: 1 }),
  trial("a deletion, a repair, a purge, a read, and a node that was taken for dead", {
    ...oneShard,
    nodes: ["A", "B", "C"],
    replicas: ["A", "B", "C"],
    ghosts: ["C"],
    transitions: [{ kind: "repair", to: ["A", "B", "C"] }],
    script: ["request", "transition", "request"],
    requests: ["delete", "read"],
    asks: [
      { at: "A", stage: null },
      { at: "A", stage: null }
    ],
    patient: true,
    purges: 1,
    during: ["end_repair"]
  }),
  trial("a migration within a node, a write", {
    nodes: ["A"],
    transitions: [{ kind: "intranode_migration", to: ["A.0"] }],
    requests: ["write"]
  }),
  trial("a migration on two shards, a stream breaks", { streamBreaks: 1 }),
  trial("a repair, a split", { ...oneRepair, resize: "split", streamBreaks: 1 }),
  trial("a migration of a tablet that two tables share", { ...oneShard, colocated: 1 }),
  trial("two migrations, a commit is not heard of", {
    ...oneShard,
    transitions: [
      { kind: "migration", to: ["B"] },
      { kind: "migration", to: ["A"] }
    ],
    unheard: 1,
    during: ["end_migration"]
  }),
  trial("a migration, the topology changes", { ...oneShard, bumps: 1 }),
  trial("a migration to a full disk, a write", {
    ...oneShard,
    full: ["B"],
    requests: ["write"],
    asks: [{ at: "A", stage: "streaming" }]
  }),
  trial("a migration, a connection breaks early", { ...oneShard, breaks: 1, during: ["write_both_read_old"] }),
  trial("a deletion, a repair, a migration row by row, a purge", {
    ...oneShard,
    requests: ["delete"],
    script: ["request", "transition", "transition"],
    transitions: [repair, { kind: "migration", to: ["B"] }],
    rowByRow: true,
    purges: 1
  }),
  trial("a repair, another coordinator", { ...oneRepair, failovers: 1 }),
  trial("a write, a migration, a read while it streams", {
    ...oneShard,
    requests: ["write", "read"],
    asks: [
      { at: "A", stage: null },
      { at: "A", stage: "streaming" }
    ]
  }),
  trial("a migration, a node is lost", { ...oneShard, exclusions: 1 })
]
