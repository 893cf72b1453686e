/** Bounds that several scopes with workers as they are start from. */
import type { Bounds } from "../bounds.ts"
import { stagedAt } from "../grounds.ts"

export const staffed: Partial<Bounds> = { workers: "asTheyAre" }

/** Nodes that may be behind, with the view there before anything else begins. */
export const late: Partial<Bounds> = { follows: "later", schemaFirst: 1 }

/** The first of two tablets goes to a shard that has none. */
export const migrated: Partial<Bounds> = {
  transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.1"] }]
}

export const staged: Partial<Bounds> = { staging: [stagedAt("A.0")] }

/** A tablet goes from one shard of a node to another. */
export const withinNode: Partial<Bounds> = {
  shards: 2,
  transitions: [{ base: "t", lastToken: 8, kind: "intranode_migration", to: ["A.1"] }]
}
