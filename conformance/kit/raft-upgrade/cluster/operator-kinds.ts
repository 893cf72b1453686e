/** Steps in which a client changes the schema, or an operator has nodes come and go, or goes by the recipe. */
import { NodeId } from "../../../../spec/metadata.ts"
import { Mutation } from "../../../../spec/raft-upgrade/ids.ts"
import { post } from "../../../../spec/raft-upgrade/states.ts"
import { kindOf } from "../../cluster/kind.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { deedKind, type Kind } from "./kind.ts"

/** New nodes come under these names, one after another. */
const newcomers = ["D", "E"].map((name) => NodeId.make(name))
const fewestElders = 2

/** Nobody comes before somebody uses group 0 (RU-A6): one that came as the others set out may never learn what they changed before. */
const nextComer = (run: ClusterRun): ReadonlyArray<NodeId> =>
  run.up.some((node) => run.states.get(node) === post)
    ? newcomers.filter((node) => !run.names.includes(node)).slice(0, 1)
    : []

/**
 * Nobody leaves while others may be about to look for the group: whoever has not heard of it yet takes him for one of those whom he
 * waits for (dossier 2.7, U1: the second step takes no departures).
 */
const mayLeave = (run: ClusterRun): boolean =>
  run.isWhole &&
  run.elders.length > fewestElders &&
  (run.up.some((node) => run.states.get(node) === post) || run.members.some((node) => !run.supporting.has(node)))

const add = (run: ClusterRun, node: NodeId) => ({ _tag: "Add", node, contacts: run.members }) as const

const takingOut = (run: ClusterRun) =>
  run.isWhole ? run.ghosts.flatMap((dead) => run.up.map((node) => ({ node, dead }))) : []

export const operatorKinds: ReadonlyArray<Kind> = [
  deedKind(
    "client changes the schema",
    14,
    ({ up }) => up,
    (node, run) => ({ _tag: "Change", node, mutation: Mutation.make(`m${++run.changes}`) })
  ),
  deedKind(
    "operator switches group 0 on",
    10,
    ({ members, supporting }) => members.filter((node) => !supporting.has(node)),
    (node) => ({ _tag: "SwitchOn", node })
  ),
  deedKind(
    "operator adds a node",
    3,
    (run) => (run.isWhole ? nextComer(run) : []),
    (node, run) => add(run, node)
  ),
  deedKind(
    "operator decommissions a node",
    2,
    (run) => (mayLeave(run) ? run.elders : []),
    (node) => ({ _tag: "Decommission", node })
  ),
  deedKind(
    "a node is lost for good",
    1,
    (run) => (run.isWhole && run.elders.length > 1 ? run.elders : []),
    (node) => ({ _tag: "Lose", node })
  ),
  deedKind("operator removes a dead node", 6, takingOut, ({ node, dead }) => ({ _tag: "Remove", node, dead })),
  kindOf(
    "operator replaces a dead node",
    3,
    (run: ClusterRun) => takingOut(run).flatMap((way) => nextComer(run).map((fresh) => ({ ...way, fresh }))),
    async (run, { node, dead, fresh }) => {
      await run.perform({ _tag: "Remove", node, dead })
      await run.perform(add(run, fresh))
    }
  ),
  kindOf(
    "operator begins the recipe",
    1,
    (run: ClusterRun) => (run.isWhole ? [run.members.length] : []),
    async (run) => run.recover()
  ),
  kindOf(
    "operator goes on with the recipe",
    12,
    ({ plan }: ClusterRun) => plan.slice(0, 1),
    (run) => run.goOnWithRecipe()
  )
]
