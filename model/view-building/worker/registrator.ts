/**
 * The registrator: every staging sstable gets a task, and goes to its shard's list once the task is there (R1 to R3).
 *
 * Source: db/view/view_building_worker.cc create_staging_sstable_tasks; dossier 3.6.
 */
import type { Position } from "../../../spec/metadata.ts"
import { sameReplica } from "../../../spec/metadata.ts"
import type { Token } from "../../../spec/view-building/ids.ts"
import { type BuildingState, type Task, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { adding, type Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import type { Node, Queued, Registering } from "./node.ts"
import type { WorkerVariant } from "./variant.ts"

const tokenOf = (state: BuildingState, { base, token, lastToken }: Queued, variant: WorkerVariant): Token => {
  const table = tableOf(state, base)
  if (table === undefined || variant.tablet === "asItCame") return lastToken
  return tabletHolding(table, token)?.lastToken ?? lastToken
}

/** A task of this tablet that nobody has begun. */
const usable = (
  node: Node,
  tasks: ReadonlyArray<Task>,
  entry: Queued,
  lastToken: Token,
  variant: WorkerVariant
): Task | undefined =>
  variant.reuses === "never"
    ? undefined
    : tasks.find(
        ({ id, type, base, replica, lastToken: token, state }) =>
          type === "process_staging" &&
          base === entry.base &&
          token === lastToken &&
          sameReplica(replica, { node: node.node, shard: entry.shard }) &&
          (variant.reuses === "any" ||
            (state !== "aborted" &&
              !node.started.includes(id) &&
              (variant.reuses === "notStarted" || node.own.includes(id))))
      )

/**
 * R2: with the mutexes and a guard in hand, find a task for each sstable that waits, and make one where none can be used.
 *
 * One task is enough for all that belong to one tablet on one shard, but where each has its own (2025).
 */
export const planned = (node: Node, first: Said, at: Position, variant: WorkerVariant, ids: Variant): Registering => {
  const { queue } = node
  const { state } = first
  const isGone = ({ base }: Queued): boolean => tableOf(state, base) === undefined && variant.droppedTable === "skipped"
  const isKnown = ({ id }: Task): boolean => state.tasks.some((task) => task.id === id)
  const plan = queue
    .filter((entry) => !isGone(entry))
    .reduce<Planned>(
      ({ said, uses }, entry) => {
        const { base, sstable, shard } = entry
        const lastToken = tokenOf(state, entry, variant)
        const replica = { node: node.node, shard }
        const mine = said.state.tasks.find(
          (task) => !isKnown(task) && task.base === base && task.lastToken === lastToken && task.replica.shard === shard
        )
        const found =
          (variant.reuses === "never" ? undefined : mine) ?? usable(node, state.tasks, entry, lastToken, variant)
        if (found !== undefined) return { said, uses: [...uses, { sstable, task: found.id }] }
        const made = adding(ids, said, [{ type: "process_staging", base, view: null, replica, lastToken }])
        return { said: made, uses: [...uses, { sstable, task: made.lastTask }] }
      },
      { said: first, uses: [] }
    )
  return {
    at,
    creates: plan.said.state.tasks.filter((task) => !isKnown(task)),
    uses: plan.uses,
    forgets: queue.filter(isGone).map(({ sstable }) => sstable),
    committed: null
  }
}

/** What group 0 is to say, and which task each sstable is put to. */
interface Planned {
  readonly said: Said
  readonly uses: Registering["uses"]
}
