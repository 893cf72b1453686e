/**
 * The registrator: every staging sstable gets a task, and goes to its shard's list once the task is there (R1 to R3).
 *
 * Source: db/view/view_building_worker.cc create_staging_sstable_tasks; dossier 3.6.
 */
import type { Position } from "../../../spec/metadata.ts"
import { sameReplica } from "../../../spec/metadata.ts"
import type { TaskId, Token } from "../../../spec/view-building/ids.ts"
import { type BuildingState, type Task, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
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
export const planned = (
  node: Node,
  state: BuildingState,
  at: Position,
  last: TaskId,
  variant: WorkerVariant
): Registering => {
  const { queue } = node
  const isGone = ({ base }: Queued): boolean => tableOf(state, base) === undefined && variant.droppedTable === "skipped"
  const first: Registering = {
    at,
    creates: [],
    uses: [],
    forgets: queue.filter(isGone).map(({ sstable }) => sstable),
    committed: null
  }
  return queue
    .filter((entry) => !isGone(entry))
    .reduce<Registering>((plan, entry) => {
      const lastToken = tokenOf(state, entry, variant)
      const mine =
        variant.reuses === "never"
          ? undefined
          : plan.creates.find(
              ({ base, replica, lastToken: token }) =>
                base === entry.base && token === lastToken && replica.shard === entry.shard
            )
      const found = mine ?? usable(node, state.tasks, entry, lastToken, variant)
      const made: Task = found ?? {
        id: (last + 1 + plan.creates.length) as TaskId,
        type: "process_staging",
        state: "alive",
        base: entry.base,
        view: null,
        replica: { node: node.node, shard: entry.shard },
        lastToken
      }
      return {
        ...plan,
        creates: found === undefined ? [...plan.creates, made] : plan.creates,
        uses: [...plan.uses, { sstable: entry.sstable, task: made.id }]
      }
    }, first)
}
