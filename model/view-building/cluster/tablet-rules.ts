/**
 * The topology coordinator, as far as views are concerned: tablets go from stage to stage with their data, and tables are resized.
 *
 * Source: dossier view-building 2.5 E3 and E4, and 3.1; service/topology_coordinator.cc handle_tablet_migration.
 */
import { leavingReplica, pendingReplica, type Replica, type Stage, type Term } from "../../../spec/metadata.ts"
import { ArrivalId, SstableId, type TableId, type Token } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Committer } from "../../../spec/view-building/messages.ts"
import { rangesOf, type TabletRange, tableOf, tabletNamed } from "../../../spec/view-building/metadata.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { began, ended, type Moving, reverted, wentOn } from "../changes/migration.ts"
import { resized } from "../changes/resize.ts"
import type { Said } from "../said.ts"
import { type Bounds, isEndless, trusting } from "./bounds.ts"
import { type BuildingCells, replicaAt } from "./cells.ts"
import { type Data, within } from "./data.ts"
import { beginning, begins } from "./schema-rules.ts"
import { committing, type Firings, on, type Setting } from "./setting.ts"
import type { StaffShard } from "./staff.ts"

export const tabletRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...(setting.bounds.transitions.length > 0
    ? [starts(setting), goesOn(setting), ...(setting.bounds.streamFailures > 0 ? [goesBack(setting)] : [])]
    : []),
  ...(setting.bounds.resizes.length > 0 ? [resizes(setting)] : [])
]

export const topology = (term: Term): Committer => ({ _tag: "Coordinator", term })

/** The next transition begins once few enough are going on, and none of its tablet. */
const starts = ({ cells, bounds, variant }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "a transition begins",
    { actor: "topology", fair: "none", reads: [...beginning(cells), cells.moved, cells.head, cells.term] },
    (filled, asked, moved, { at, metadata }, term): Firings => {
      const next = bounds.transitions[moved]
      if (!begins(bounds, filled, asked) || next === undefined || movingIn(metadata).length >= bounds.together)
        return []
      const moving: Moving = { base: next.base as TableId, lastToken: next.lastToken as Token }
      if (tabletNamed(tableOf(metadata.state, moving.base), moving.lastToken)?.transition !== null) return []
      const said = began(variant, metadata, moving, next.kind, next.to.map(replicaAt))
      const to = stageOf(said, moving)
      const { label, write: committed } = committing(
        cells,
        at,
        topology(term),
        { _tag: "MoveTablet", ...moving, from: null, to },
        said
      )
      // Nobody promises that there is a last one where F4 is off: they begin anew, and for ever.
      const begun = isEndless(bounds) ? (moved + 1) % bounds.transitions.length : moved + 1
      return [{ labels: [label], writes: [committed, write(cells.moved, begun)] }]
    }
  )

/** The tablets that are in a transition. */
const movingIn = ({ state }: Said): ReadonlyArray<Moving & { readonly tablet: TabletRange }> =>
  state.tables
    .flatMap((table) => rangesOf(table).map((tablet) => ({ base: table.base, lastToken: tablet.lastToken, tablet })))
    .filter(({ tablet }) => tablet.transition !== null)

const stageOf = (said: Said, { base, lastToken }: Moving): Stage | null =>
  tabletNamed(tableOf(said.state, base), lastToken)?.transition?.stage ?? null

const forwards: ReadonlyArray<Stage> = [
  "allow_write_both_read_old",
  "write_both_read_old",
  "streaming",
  "write_both_read_new",
  "use_new",
  "cleanup",
  "end_migration"
]
/** Those in which nothing happens to views are left out. */
const forwardsInFew: ReadonlyArray<Stage> = ["allow_write_both_read_old", "write_both_read_old", "streaming", "cleanup"]

/** What follows a stage; null for the end of the transition. */
const after = ({ stages }: Bounds, stage: Stage): { readonly stage: Stage } | "ends" | "isReverted" => {
  const way = stages === "all" ? forwards : forwardsInFew
  switch (stage) {
    case "cleanup_target":
      return stages === "all" ? { stage: "revert_migration" } : "isReverted"
    case "revert_migration":
      return "isReverted"
    case "repair":
      return stages === "all" ? { stage: "end_repair" } : "ends"
    default: {
      const next = way[way.indexOf(stage) + 1]
      return next === undefined || !way.includes(stage) ? "ends" : { stage: next }
    }
  }
}

/** The transition goes on to its next stage, or is over, with what the stage was for. */
const goesOn = (setting: Setting): Rule<ViewBuildingLabel> => {
  const { cells, bounds, variant } = setting
  return on(
    "a transition goes on",
    {
      actor: "topology",
      fair: trusting(bounds, "F10"),
      reads: [cells.head, cells.term, ...cells.shards.map(({ held }) => held)]
    },
    ({ at, metadata }, term, ...held): Firings =>
      movingIn(metadata).flatMap((moving): Firings => {
        const from = moving.tablet.transition?.stage
        if (from === undefined) return []
        const next = after(bounds, from)
        const said =
          next === "ends"
            ? ended(variant, metadata, moving)
            : next === "isReverted"
              ? reverted(variant, metadata, moving)
              : wentOn(variant, metadata, moving, next.stage)
        const { base, lastToken } = moving
        const change = { _tag: "MoveTablet", base, lastToken, from, to: stageOf(said, moving) } as const
        const { label, write: committed } = committing(cells, at, topology(term), change, said)
        const done = deeds(setting, base, moving.tablet, from, held)
        return [{ labels: [...done.labels, label], writes: [...done.writes, committed] }]
      })
  )
}

interface Deeds {
  readonly labels: ReadonlyArray<ViewBuildingLabel>
  readonly writes: ReadonlyArray<Write>
}

/** What is done with the data in a stage. */
const deeds = (
  setting: Setting,
  base: TableId,
  tablet: TabletRange,
  stage: Stage,
  held: ReadonlyArray<Data>
): Deeds => {
  const [leaving, pending] = [leavingReplica(tablet), pendingReplica(tablet)]
  if (stage === "streaming" && pending !== undefined)
    return streamed(setting, base, tablet, leaving ?? tablet.replicas[0]!, pending, held)
  if (stage === "cleanup" && leaving !== undefined) return cleanedUp(setting.cells, base, tablet, leaving)
  if (stage === "cleanup_target" && pending !== undefined) return cleanedUp(setting.cells, base, tablet, pending)
  return { labels: [], writes: [] }
}

const indexOf = (cells: BuildingCells, { node, shard }: Replica): number =>
  cells.shards.findIndex(({ replica }) => replica.node === node && replica.shard === shard)

/** Files are copied as they are: what is in staging comes into staging, and has to be registered there. */
const streamed = (
  { cells, variant: { streams } }: Setting,
  base: TableId,
  tablet: TabletRange,
  from: Replica,
  to: Replica,
  held: ReadonlyArray<Data>
): Deeds => {
  const target = cells.shards[indexOf(cells, to)]!
  const source = within(held[indexOf(cells, from)]!, base, tablet)
  const copies = source.staging.map(({ row, sstable }) => ({
    base,
    row,
    sstable: SstableId.make(`${sstable.replace(/@.*/, "")}@${target.place}`)
  }))
  const plain: ReadonlyArray<ViewBuildingLabel> =
    source.rows.length === 0
      ? []
      : arrives(
          target,
          base,
          "stream",
          source.rows.map(({ row }) => row),
          null
        )
  const isForgotten = streams === "forgetsStaging" || (streams === "forgetsWithinNode" && from.node === to.node)
  const staged = copies.flatMap(
    ({ sstable, row }): ReadonlyArray<ViewBuildingLabel> => [
      ...arrives(target, base, sstable, [row], sstable),
      ...(isForgotten ? [] : [{ _tag: "StagingQueued", ...to, sstable, lastToken: tablet.lastToken } as const])
    ]
  )
  const writes = [
    ...target.keeps(source.rows),
    ...copies.flatMap((copy) => target.stages(copy, isForgotten ? null : tablet.lastToken))
  ]
  return { labels: [...plain, ...staged], writes }
}

/** Rows come to a shard in a file; no view hears of them, for the data is only somewhere else. */
export const arrives = (
  { place, replica }: StaffShard,
  base: TableId,
  name: string,
  rows: Data["rows"][number]["row"][],
  sstable: SstableId | null
): ReadonlyArray<ViewBuildingLabel> => {
  const arrival = ArrivalId.make(`arrival of ${name}`)
  const to = sstable === null ? "normal" : "staging"
  return [
    { _tag: "ArrivalBegan", ...replica, arrival, base, rows, views: [], to },
    { _tag: "ArrivalEnded", ...replica, arrival, sstable: sstable ?? SstableId.make(`${name}@${place}`) }
  ]
}

const cleanedUp = (cells: BuildingCells, base: TableId, tablet: TabletRange, replica: Replica): Deeds => {
  const k = indexOf(cells, replica)
  const { after: from, lastToken } = tablet
  return {
    labels: [{ _tag: "TabletCleaned", ...replica, base, after: from, lastToken }],
    writes: cells.shards[k]!.cleans(base, tablet)
  }
}

/** The stream fails, before anything has come or after all of it has, and the transition is undone. */
const goesBack = (setting: Setting): Rule<ViewBuildingLabel> => {
  const { cells, variant } = setting
  return on(
    "a stream fails",
    {
      actor: "fault",
      fair: "none",
      reads: [cells.head, cells.term, cells.mayFailStream, ...cells.shards.map(({ held }) => held)]
    },
    ({ at, metadata }, term, left, ...held): Firings =>
      movingIn(metadata).flatMap((moving): Firings => {
        if (left === 0 || moving.tablet.transition?.stage !== "streaming") return []
        const { base, lastToken } = moving
        const said = wentOn(variant, metadata, moving, "cleanup_target")
        const change = { _tag: "MoveTablet", base, lastToken, from: "streaming", to: "cleanup_target" } as const
        const { label, write: committed } = committing(cells, at, topology(term), change, said)
        const writes = [committed, write(cells.mayFailStream, "spend")]
        const come = deeds(setting, base, moving.tablet, "streaming", held)
        return [
          { labels: [label], writes },
          { labels: [...come.labels, label], writes: [...come.writes, ...writes] }
        ]
      })
  )
}

/** A resize is carried out while no tablet of the table is in a transition. */
const resizes = ({ cells, bounds, variant }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "a table is resized",
    { actor: "topology", fair: "none", reads: [...beginning(cells), cells.resized, cells.head, cells.term] },
    (filled, asked, done, { at, metadata }, term): Firings => {
      const next = bounds.resizes[done]
      const table = tableOf(metadata.state, (next?.base ?? "") as TableId)
      if (!begins(bounds, filled, asked) || next === undefined || table === undefined) return []
      if (table.tablets.some(({ transition }) => transition !== null)) return []
      const said = resized(variant, metadata, table.base, next.how)
      const change = { _tag: "Resize", base: table.base, how: next.how } as const
      const { label, write: committed } = committing(cells, at, topology(term), change, said)
      return [{ labels: [label], writes: [committed, write(cells.resized, done + 1)] }]
    }
  )
