/** Steps in which rows come: from clients, and from elsewhere; and in which what has come is written anew or removed. */
import { SstableId, type TableId, Token } from "../../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../../spec/view-building/messages.ts"
import { kindOf } from "../../cluster/kind.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { deedKind, type Kind } from "./kind.ts"

/** Keys with their tokens. Two lie on the last tokens of tablets, two on those of their halves. */
const keys = [
  { key: "a", token: 1 },
  { key: "b", token: 4 },
  { key: "c", token: 6 },
  { key: "d", token: 9 },
  { key: "e", token: 2 },
  { key: "f", token: 3 }
].map(({ key, token }) => ({ key, token: Token.make(token) }))

/**
 * Rows that come to some of their replicas alone would be for a repair of the base, so they come while everybody is there, and
 * nobody falls while they are on their way.
 */
const mayCome = ({ down, cutOff }: ClusterRun): boolean => down.size === 0 && cutOff.size === 0

const bases = ({ state }: ClusterRun): ReadonlyArray<TableId> => state.tables.map(({ base }) => base)

const rowOf = (run: ClusterRun, { key, token }: (typeof keys)[number], isDeleted: boolean): BaseRow => {
  const timestamp = ++run.timestamp
  return { key, token, timestamp, value: isDeleted ? null : `${key}${timestamp}` }
}

const asking = (run: ClusterRun) =>
  mayCome(run) ? run.up.flatMap((at) => bases(run).flatMap((base) => keys.map((row) => ({ at, base, row })))) : []

const coming = (run: ClusterRun) =>
  mayCome(run) ? bases(run).flatMap((base) => keys.map((row) => ({ base, row }))) : []

const writing =
  (isDeleted: boolean) =>
  ({ at, base, row }: ReturnType<typeof asking>[number], run: ClusterRun) =>
    ({ _tag: "Write", at, base, row: rowOf(run, row, isDeleted) }) as const

const loading =
  (isDeleted: boolean) =>
  ({ base, row }: ReturnType<typeof coming>[number], run: ClusterRun) =>
    ({ _tag: "Load", base, row: rowOf(run, row, isDeleted) }) as const

/** Nothing is stopped, held up or lost, so that a truncation comes to its end: one that does not leaves its base closed. */
const isWell = (run: ClusterRun): boolean =>
  mayCome(run) &&
  run.isDataQuiet &&
  [run.paused, run.held, run.lagging, run.untold].every(({ size }) => size === 0) &&
  run.up.includes(run.leader)

const seconds = 60

export const rowKinds: ReadonlyArray<Kind> = [
  deedKind("client writes", 8, asking, writing(false)),
  deedKind("client deletes", 4, asking, writing(true)),
  deedKind("a row comes from elsewhere", 6, coming, loading(false)),
  deedKind("a deletion comes from elsewhere", 2, coming, loading(true)),
  deedKind(
    "a staging sstable is written anew",
    2,
    (run) =>
      run.up.flatMap((node) =>
        bases(run).flatMap((base) => run.cluster.staging(node, base).map((one) => ({ node, ...one })))
      ),
    ({ node, shard, sstable }, run) => {
      const by = SstableId.make(`${sstable}'${++run.rewrites}`)
      return { _tag: "Rewrite", node, shard, sstable, by }
    }
  ),
  kindOf(
    "operator truncates a base",
    1,
    (run: ClusterRun) => (isWell(run) ? bases(run) : []),
    async (run, base) => {
      await run.perform({ _tag: "Order", at: run.leader, order: { _tag: "Truncate", base } })
      for (let tenth = 0; tenth < 10 * seconds && !run.isOver && run.cluster.unended("order"); tenth++) {
        await run.work(20_000)
        if (run.cluster.unended("order")) await run.perform({ _tag: "PassTime", milliseconds: 100 })
      }
    }
  )
]
