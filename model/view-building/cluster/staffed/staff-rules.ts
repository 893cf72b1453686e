/** Workers in a cluster: they take calls, answer to the coordinator of the call's term, and fall with their nodes. */
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { CallAnswer } from "../../../../spec/view-building/messages.ts"
import { view } from "../../../kernel/cell.ts"
import { remove } from "../../../kernel/channel.ts"
import type { Rule } from "../../../kernel/system.ts"
import { batchRules, type Ends } from "../../worker/batch-rules.ts"
import { callRules } from "../../worker/call-rules.ts"
import { observerRules } from "../../worker/observer-rules.ts"
import { puts } from "../../worker/shard-firing.ts"
import type { Site } from "../../worker/site.ts"
import { stagingRules } from "../../worker/staging-rules.ts"
import type { WorkerVariant } from "../../worker/variant.ts"
import { type Bounds, trusting } from "../bounds.ts"
import { posting } from "../mailbox.ts"
import { type Firings, on, type Setting } from "../setting.ts"
import type { WorkerNode, WorkerShard } from "./cells.ts"
import { faultRules } from "./fault-rules.ts"

export const staffRules = (
  setting: Setting,
  nodes: ReadonlyArray<WorkerNode>,
  variant: WorkerVariant
): ReadonlyArray<Rule<ViewBuildingLabel>> =>
  nodes.flatMap((node) => {
    const { bounds, cells } = setting
    const site = siteOf(setting, node, variant)
    const mayFail = bounds.failures > 0 ? cells.mayFail : null
    const mayStop = bounds.stops > 0 ? cells.mayStop : null
    const ends: Ends = { mayFail, mayStop, mayBeInterrupted: mayBeInterrupted(bounds), mayAwait: false }
    return [
      ...observerRules(site),
      ...(bounds.staging.length > 0 ? stagingRules(site) : []),
      ...node.shards.flatMap((shard) => [
        takes(setting, site, node, shard),
        ...callRules(site, shard),
        ...batchRules(site, shard, ends)
      ]),
      ...faultRules(setting, site, node)
    ]
  })

/** Whether tasks may go, or be aborted, while a batch is at them. */
const mayBeInterrupted = ({ schema, transitions, resizes }: Bounds): boolean =>
  transitions.length + resizes.length > 0 || schema.some((step) => !("create" in step))

const siteOf = (
  { bounds, cells, variant: ids }: Setting,
  { name, node, shards }: WorkerNode,
  variant: WorkerVariant
) => {
  const isLate = bounds.follows === "later"
  const site: Site = {
    name,
    variant,
    ids,
    group0: cells,
    node,
    known: isLate
      ? view(node, "what it has applied", ({ at, state }) => ({ at, state }))
      : view(cells.group0, "what is known", ({ head, log }) => ({ at: head, state: log[log.length - 1]!.state })),
    follows: bounds.follows,
    notes: bounds.notes,
    shards,
    trusting: (assumption) => trusting(bounds, assumption),
    answering: (calls, labels) =>
      labels.flatMap((label) => {
        const call = label._tag === "CallAnswered" ? calls.find((one) => one.call === label.call) : undefined
        if (label._tag !== "CallAnswered" || call === undefined) return []
        const replica = { node: label.node, shard: label.shard }
        const answer: CallAnswer = label.answer
        return [posting(cells.coordinators[call.term - 1]!.answers, { replica, call: call.call, answer })]
      })
  }
  return site
}

/** A call comes to its shard, in whichever order calls do. */
const takes = ({ bounds }: Setting, site: Site, { up }: WorkerNode, own: WorkerShard): Rule<ViewBuildingLabel> =>
  on(
    `${own.place} takes a call`,
    { actor: own.place, fair: trusting(bounds, "F9"), reads: [own.shard, own.calls, up] },
    (shard, letters, isUp): Firings =>
      isUp
        ? letters.flatMap(({ term, call, tasks }, position) => {
            const told = { _tag: "CallArrived", ...own.replica, call, tasks } as const
            const arrived: ViewBuildingLabel = site.variant.batches === "byCalls" ? { ...told, term } : told
            const input = { _tag: "CallArrives", call, term, tasks } as const
            return puts(site, own, shard, input, [arrived], [remove(own.calls, position)])
          })
        : []
  )
