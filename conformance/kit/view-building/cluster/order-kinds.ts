/** Steps in which an operator orders something: views come and go, and tablets move, split and merge. */
import { type NodeId, type Replica, ShardId, sameReplica } from "../../../../spec/metadata.ts"
import { ViewId } from "../../../../spec/view-building/ids.ts"
import type { Tablet } from "../../../../spec/view-building/metadata.ts"
import type { ClusterRun } from "./cluster-run.ts"
import type { Order } from "./cluster-under-test.ts"
import { deedKind, type Kind } from "./kind.ts"

/** More views than this a base never has at a time. */
const mostViews = 2

/** Orders are given to the first node that can take them. */
const ordering = <Choice>(
  rule: string,
  weight: number,
  choices: (run: ClusterRun) => ReadonlyArray<Choice>,
  order: (choice: Choice, run: ClusterRun) => Order
): Kind =>
  deedKind(
    rule,
    weight,
    (run) => (desk(run) === undefined ? [] : choices(run)),
    (choice, run) => ({ _tag: "Order", at: desk(run)!, order: order(choice, run) })
  )

const desk = (run: ClusterRun): NodeId | undefined => run.up.find((node) => !run.cutOff.has(node))

const tables = ({ state }: ClusterRun) => state.tables

/**
 * Tablets with which nothing is done, nor was ordered: what is ordered goes by what a tablet is then, and one that has gone elsewhere
 * meanwhile would get other replicas than it may in one step.
 */
const idle = (run: ClusterRun) =>
  run.cluster.unended("tablets")
    ? []
    : tables(run).flatMap(({ base, tablets }) =>
        tablets.filter(({ transition }) => transition === null).map((tablet) => ({ base, tablet }))
      )

const places = ({ setup, up }: ClusterRun): ReadonlyArray<Replica> =>
  up.flatMap((node) => Array.from({ length: setup.shards }, (_, shard) => ({ node, shard: ShardId.make(shard) })))

const isFree =
  (others: ReadonlyArray<Replica>) =>
  ({ node }: Replica): boolean =>
    !others.some((replica) => replica.node === node)

/** Each replica goes to each place where its tablet is not yet: another node, or another shard of its own. */
const moves = (run: ClusterRun, { replicas }: Tablet) =>
  replicas.flatMap((from) => {
    const stay = replicas.filter((replica) => replica !== from)
    return places(run)
      .filter((to) => isFree(stay)(to) && !sameReplica(from, to))
      .map((to) => ({
        next: replicas.map((replica) => (replica === from ? to : replica)),
        kind: from.node === to.node ? ("intranode_migration" as const) : ("migration" as const)
      }))
  })

const moving = (run: ClusterRun) =>
  idle(run).flatMap(({ base, tablet }) =>
    moves(run, tablet).map((move) => ({ base, lastToken: tablet.lastToken, ...move }))
  )

const growing = (run: ClusterRun) =>
  idle(run).flatMap(({ base, tablet: { lastToken, replicas } }) =>
    places(run)
      .filter(isFree(replicas))
      .map((to) => ({ base, lastToken, next: [...replicas, to] }))
  )

const shrinking = (run: ClusterRun) =>
  idle(run).flatMap(({ base, tablet: { lastToken, replicas } }) =>
    replicas.length < 2
      ? []
      : replicas.map((from) => ({ base, lastToken, next: replicas.filter((replica) => replica !== from) }))
  )

export const orderKinds: ReadonlyArray<Kind> = [
  ordering(
    "operator creates a view",
    10,
    (run) =>
      tables(run)
        .map(({ base }) => base)
        .filter((base) => run.created.filter((view) => view.base === base).length < mostViews),
    (base, run) => ({ _tag: "CreateView", base, view: ViewId.make(`v${++run.views}`) })
  ),
  ordering(
    "operator drops a view",
    2,
    (run) => tables(run).flatMap(({ views }) => views),
    (view) => ({ _tag: "DropView", view })
  ),
  ordering("operator moves a tablet", 6, moving, (move) => ({ _tag: "Move", ...move })),
  ordering("operator adds a replica", 2, growing, (move) => ({ _tag: "Move", ...move, kind: "rebuild" })),
  ordering("operator takes a replica away", 2, shrinking, (move) => ({ _tag: "Move", ...move, kind: "rebuild" })),
  ordering(
    "operator splits or merges tablets",
    2,
    (run) =>
      (run.cluster.unended("tablets") ? [] : tables(run)).flatMap(({ base }) =>
        (["split", "merge"] as const).map((how) => ({ base, how }))
      ),
    ({ base, how }) => ({ _tag: "Resize", base, how })
  )
]
