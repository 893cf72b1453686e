/** What every rule of a cluster is made of. */
import type { Position } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Change, Committer } from "../../../spec/view-building/messages.ts"
import { appended } from "../../group0/log.ts"
import type { Write } from "../../kernel/cell.ts"
import { type Firing, rulesOf } from "../../kernel/system.ts"
import type { Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import type { Bounds } from "./bounds.ts"
import type { BuildingCells } from "./cells.ts"

export interface Setting {
  readonly cells: BuildingCells
  readonly variant: Variant
  readonly bounds: Bounds
}

export type Firings = ReadonlyArray<Firing<ViewBuildingLabel>>

export const on = rulesOf<ViewBuildingLabel>()

/** A command that is effective behind `head`: what is seen of it, and how it comes to be what group 0 says. */
export const committing = (
  cells: BuildingCells,
  head: Position,
  by: Committer,
  change: Change,
  said: Said
): { readonly label: ViewBuildingLabel; readonly write: Write } => {
  const { at, write } = appended(cells, head, said)
  return { label: { _tag: "Committed", by, at, change, state: said.state }, write }
}

export const operator: Committer = { _tag: "Operator" }
