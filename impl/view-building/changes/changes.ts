/** What group 0 may be told, each as what it does to a draft. Whoever wants to know what one of them is there for brings another. */
import { collect, updateState } from "./building.ts"
import { joinNode, leaveNode } from "./nodes.ts"
import { createView, dropTables, dropView } from "./schema.ts"
import { beginMove, join, move, resize } from "./tablets.ts"

export interface Changes {
  readonly updateState: typeof updateState
  readonly collect: typeof collect
  readonly createView: typeof createView
  readonly dropView: typeof dropView
  readonly dropTables: typeof dropTables
  readonly beginMove: typeof beginMove
  readonly move: typeof move
  readonly resize: typeof resize
  readonly join: typeof join
  readonly joinNode: typeof joinNode
  readonly leaveNode: typeof leaveNode
}

/** Holds every law. */
export const changes: Changes = {
  updateState,
  collect,
  createView,
  dropView,
  dropTables,
  beginMove,
  move,
  resize,
  join,
  joinNode,
  leaveNode
}
