/** Bounds that several scopes start from. */
import type { Bounds } from "./bounds.ts"

/** Two nodes with two shards, two tablets with a row in each, and two views. */
export const two: Partial<Bounds> = {
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
export const settled: Partial<Bounds> = { ...two, schemaFirst: 2 }

/** Two nodes, and one tablet that goes from one to the other. */
export const moving: Partial<Bounds> = {
  nodes: ["A", "B"],
  transitions: [{ base: "t", lastToken: 8, kind: "migration", to: ["B.0"] }]
}

/** An sstable for staging at a place. */
export const stagedAt = (at: string, sstable = "s", token = 3) => ({ base: "t", key: sstable, token, sstable, at })

/** Two tablets on one shard. */
export const neighbours: Partial<Bounds> = {
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

/** Four tablets of which only some have a neighbour on the same shard to be merged with. */
export const merging: Partial<Bounds> = {
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
}

/** Two bases with a view each. */
export const twoBases: Partial<Bounds> = {
  tables: ["t", "u"].map((base) => ({ base, tablets: [{ lastToken: 8, at: ["A.0"] }] })),
  rows: ["t", "u"].map((base) => ({ base, key: "k", token: 2 })),
  schema: [
    { create: "v", of: "t" },
    { create: "x", of: "u" }
  ]
}
