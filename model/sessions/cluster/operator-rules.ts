/** What an operator does: starts transitions one after the other, and changes things that concern no tablet. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Metadata, Position, Stage, Tablet, Transition, Version } from "../../../spec/sessions/metadata.ts"
import { write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type Bounds, isNext } from "./bounds.ts"
import { type ClusterCells, phaseOf } from "./cells.ts"
import { replicaOn } from "./first-metadata.ts"
import { freshSession } from "./fresh.ts"
import { tabletName } from "./names.ts"
import { tabletOf } from "./operations.ts"
import { decidesResize } from "./resize.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const operatorRules = (cells: ClusterCells, bounds: Bounds): ReadonlyArray<Rule<ClusterLabel>> => [
  starts(cells, bounds),
  ...(bounds.resize === undefined ? [] : [decidesResize(cells, bounds.resize)]),
  ...(bounds.bumps > 0 ? [bumps(cells)] : []),
  ...(bounds.drops > 0 ? [drops(cells)] : [])
]

const committed = (cells: ClusterCells, at: Position, metadata: Metadata, ...more: Firing<ClusterLabel>["writes"]) => ({
  labels: [{ _tag: "Committed" as const, by: { _tag: "Operator" as const }, at: (at + 1) as Position, metadata }],
  writes: [write(cells.group0, { commit: metadata }), ...more]
})

/** Starts the next transition when none is going on. Source: service/storage_service.cc move_tablet. */
const starts = (cells: ClusterCells, bounds: Bounds): Rule<ClusterLabel> =>
  on(
    "operator starts a transition",
    { actor: "operator", fair: "weak", reads: [cells.operator, cells.head, ...cells.requests.map(phaseOf)] },
    (started, { at, metadata }, ...phases): Firings => {
      const wanted = bounds.transitions[started]
      const tablet = tabletOf(metadata, tabletName)
      if (wanted === undefined || tablet === undefined || tablet.transition !== null) return []
      if (!isNext(bounds, "transition", started, phases.filter((phase) => phase === "over").length)) return []
      const next = wanted.to.map((node) => replicaOn(bounds, node))
      const began: Tablet = { ...tablet, transition: first(wanted.kind, next, at, tablet) }
      const version = (metadata.version + 1) as Version
      const tablets = metadata.tablets.map((other) => (other === tablet ? began : other))
      const changed: Metadata = { ...metadata, version, tablets }
      return [committed(cells, at, changed, write(cells.operator, started + 1))]
    }
  )

/** A repair and a restore have their sessions from the beginning; the others get one with their second stage. */
const first = (kind: Transition["kind"], next: Transition["next"], at: Position, { tablet }: Tablet): Transition => {
  if (kind !== "repair" && kind !== "restore") return { kind, stage: "allow_write_both_read_old", next, session: null }
  const stage: Stage = kind
  return { kind, stage, next, session: freshSession(at, tablet) }
}

/** A change of the topology that concerns no tablet, at any moment. */
const bumps = (cells: ClusterCells): Rule<ClusterLabel> =>
  on(
    "operator changes the topology",
    { actor: "operator", fair: "none", reads: [cells.mayBump, cells.head] },
    (left, { at, metadata }): Firings =>
      left === 0
        ? []
        : [
            committed(
              cells,
              at,
              { ...metadata, version: (metadata.version + 1) as Version },
              write(cells.mayBump, "spend")
            )
          ]
  )

/** The table is dropped: its tablet is gone from group 0, and with it the transition and its session. */
const drops = (cells: ClusterCells): Rule<ClusterLabel> =>
  on(
    "operator drops the table",
    { actor: "operator", fair: "none", reads: [cells.mayDrop, cells.head] },
    (left, { at, metadata }): Firings => {
      if (left === 0 || metadata.tablets.length === 0) return []
      const changed: Metadata = { ...metadata, version: (metadata.version + 1) as Version, tablets: [] }
      return [committed(cells, at, changed, write(cells.mayDrop, "spend"))]
    }
  )
