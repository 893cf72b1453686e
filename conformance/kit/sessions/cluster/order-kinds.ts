/** Steps in which operators order something and clients ask for something. */
import { RequestId } from "../../../../spec/sessions/messages.ts"
import {
  type NodeId,
  type Replica,
  rowPerTable,
  ShardId,
  sameReplica,
  type Tablet,
  type TabletId
} from "../../../../spec/sessions/metadata.ts"
import type { ClusterRun } from "./cluster-run.ts"
import type { Deed, Order } from "./cluster-under-test.ts"
import { deedKind, type Kind } from "./kind.ts"

/** One tablet has one key, so that all of it is easily deleted. */
const keysOf = (tablet: TabletId): ReadonlyArray<string> => (tablet === "t1" ? ["k0"] : ["k0", "k1"])

/** Orders are given to the first node that can take them. */
const ordering = <Choice>(
  rule: string,
  weight: number,
  choices: (run: ClusterRun) => ReadonlyArray<Choice>,
  order: (choice: Choice) => Order
): Kind =>
  deedKind(
    rule,
    weight,
    (run) => (desk(run) === undefined ? [] : choices(run)),
    (choice, run) => ({ _tag: "Order", at: desk(run)!, order: order(choice) })
  )

const desk = (run: ClusterRun): NodeId | undefined => run.up.find((node) => !run.cutOff.has(node))

/** Tablets with which nothing is done. */
const idle = ({ metadata }: ClusterRun): ReadonlyArray<Tablet> =>
  metadata.session === null ? metadata.tablets.filter(({ transition }) => transition === null) : []

const places = ({ setup, up }: ClusterRun): ReadonlyArray<Replica> =>
  up.flatMap((node) => Array.from({ length: setup.shards }, (_, shard) => ({ node, shard: ShardId.make(shard) })))

interface Move {
  readonly tablet: TabletId
  readonly from: Replica
  readonly to: Replica
}

const movesOf = (
  run: ClusterRun,
  tablets: ReadonlyArray<Tablet>,
  mayLeave: (at: Replica) => boolean
): ReadonlyArray<Move> =>
  tablets.flatMap(({ tablet, replicas }) =>
    replicas.filter(mayLeave).flatMap((from) =>
      places(run)
        .filter((to) =>
          to.node === from.node ? !sameReplica(from, to) : !replicas.some(({ node }) => node === to.node)
        )
        .map((to) => ({ tablet, from, to }))
    )
  )

const tabletNames = (tablets: ReadonlyArray<Tablet>): ReadonlyArray<TabletId> => tablets.map(({ tablet }) => tablet)

/** Every node as a request's coordinator, with every tablet of every table, and key. */
const asking = (run: ClusterRun) =>
  run.up.flatMap((at) =>
    rowPerTable(run.metadata).flatMap(({ tablet }) => keysOf(tablet).map((key) => ({ at, tablet, key })))
  )

const writing =
  (isDelete: boolean) =>
  ({ at, tablet, key }: ReturnType<typeof asking>[number], run: ClusterRun): Deed => {
    const timestamp = ++run.timestamp
    const request = RequestId.make(`w${++run.requests}`)
    const row = { key, timestamp, value: isDelete ? null : `v${timestamp}` }
    return { _tag: "Ask", at, ask: { _tag: "Write", request, tablet, row } }
  }

export const orderKinds: ReadonlyArray<Kind> = [
  ordering(
    "operator moves a tablet",
    8,
    (run) => movesOf(run, idle(run), () => true),
    (move) => ({ _tag: "Migrate", ...move })
  ),
  ordering(
    "operator rebuilds a lost replica",
    2,
    (run) =>
      movesOf(run, idle(run), ({ node }) => run.metadata.ignored.includes(node)).flatMap((move) =>
        (["rebuild", "rebuild_v2"] as const).map((kind) => ({ ...move, kind }))
      ),
    ({ tablet, from, to, kind }) => ({ _tag: "Rebuild", tablet, lost: from, to, kind })
  ),
  ordering(
    "operator repairs",
    3,
    (run) => tabletNames(idle(run)),
    (tablet) => ({ _tag: "Repair", tablet })
  ),
  ordering(
    "operator restores",
    1,
    (run) => tabletNames(idle(run)),
    (tablet) => ({ _tag: "Restore", tablet })
  ),
  ordering(
    "operator gives up a repair or restore",
    1,
    (run) =>
      tabletNames(
        run.metadata.tablets.filter(
          ({ transition }) => transition?.stage === "repair" || transition?.stage === "restore"
        )
      ),
    (tablet) => ({ _tag: "Abort", tablet })
  ),
  deedKind(
    "operator truncates",
    1,
    (run) => (run.up.includes(run.leader) && run.isDataQuiet ? tabletNames(rowPerTable(run.metadata)) : []),
    (tablet, run) => ({ _tag: "Order", at: run.leader, order: { _tag: "Truncate", tablet } })
  ),
  deedKind(
    "operator purges tombstones",
    4,
    (run) =>
      run.metadata.tablets.flatMap(({ tablet }) => {
        const before = run.purgeable(tablet)
        return before === undefined ? [] : run.up.map((at) => ({ at, tablet, before }))
      }),
    ({ at, tablet, before }) => ({ _tag: "Order", at, order: { _tag: "Purge", tablet, before } })
  ),
  deedKind("client writes", 8, (run) => (run.isTruncating ? [] : asking(run)), writing(false)),
  deedKind("client deletes", 4, (run) => (run.isTruncating ? [] : asking(run)), writing(true)),
  deedKind("client reads", 4, asking, ({ at, tablet, key }, run) => ({
    _tag: "Ask",
    at,
    ask: { _tag: "Read", request: RequestId.make(`r${++run.requests}`), tablet, key }
  }))
]
