/** Nodes join and leave. Source: dossier view-building 2.5 E5. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Change } from "../../../spec/view-building/messages.ts"
import type { Feature } from "../../../spec/view-building/metadata.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { nodeDraining, nodeJoined, nodeLeft } from "../changes/members.ts"
import { changed, type Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import type { MemberStep } from "./bounds.ts"
import { beginning, begins } from "./schema-rules.ts"
import { committing, type Firings, on, type Setting } from "./setting.ts"
import { topology } from "./tablet-rules.ts"

export const memberRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...(setting.bounds.members.length === 0 ? [] : [changes(setting)]),
  ...(setting.bounds.upgrades ? [upgrades(setting)] : [])
]

const leastId: Feature = "VIEW_BUILDING_TASKS_MIN_TASK_ID"

/** Every node knows of the least id at last. Source: gms/feature_service.hh. */
const upgrades = ({ cells }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "a feature is enabled",
    { actor: "topology", fair: "weak", reads: [cells.head, cells.term] },
    ({ at, metadata }, term): Firings => {
      const { features = [] } = metadata.state
      if (features.includes(leastId)) return []
      const said = changed(metadata, { features: [...features, leastId] })
      const change = { _tag: "EnableFeature", feature: leastId } as const
      const { label, write: committed } = committing(cells, at, topology(term), change, said)
      return [{ labels: [label], writes: [committed] }]
    }
  )

const changes = ({ cells, bounds, variant }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "the members change",
    { actor: "topology", fair: "weak", reads: [...beginning(cells), cells.members, cells.head, cells.term] },
    (filled, asked, members, { at, metadata }, term): Firings => {
      const step = bounds.members[members]
      if (!begins(bounds, filled, asked) || step === undefined) return []
      const done = memberStep(variant, metadata, step)
      if (done === null) return []
      const { label, write: committed } = committing(cells, at, topology(term), done.change, done.said)
      return [{ labels: [label], writes: [committed, write(cells.members, members + 1)] }]
    }
  )

/** A node leaves when it has no tablet any more. */
const memberStep = (
  variant: Variant,
  said: Said,
  step: MemberStep
): { readonly change: Change; readonly said: Said } | null => {
  if ("join" in step) {
    const node = step.join as NodeId
    return { change: { _tag: "JoinNode", node }, said: nodeJoined(variant, said, node) }
  }
  if ("drain" in step) {
    const node = step.drain as NodeId
    return { change: { _tag: "DrainNode", node }, said: nodeDraining(said, node) }
  }
  const node = step.leave as NodeId
  const isEmpty = said.state.tables.every(({ tablets }) =>
    tablets.every(({ replicas }) => replicas.every((replica) => replica.node !== node))
  )
  return isEmpty ? { change: { _tag: "LeaveNode", node }, said: nodeLeft(variant, said, node) } : null
}
