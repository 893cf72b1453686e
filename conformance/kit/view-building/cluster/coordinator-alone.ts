/**
 * A coordinator with an environment that holds group 0, the workers and time: everything it may be told, in any order.
 *
 * It has been elected, has fenced its predecessor and has nothing to do at the beginning.
 */
import { type Cell, register, write } from "../../../../model/kernel/cell.ts"
import { outcome } from "../../../../model/kernel/role.ts"
import { type Firing, type Rule, rulesOf, type System } from "../../../../model/kernel/system.ts"
import { coordinator } from "../../../../model/view-building/coordinator/coordinator.ts"
import { type Coordinator, newCoordinator } from "../../../../model/view-building/coordinator/state.ts"
import type { CoordinatorInput, CoordinatorOutput } from "../../../../model/view-building/coordinator/words.ts"
import type { Said } from "../../../../model/view-building/said.ts"
import type { Variant } from "../../../../model/view-building/variant.ts"
import { NodeId, Position, Term } from "../../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../../spec/view-building/ids.ts"
import { coordinatorLaws, groupZeroLaws } from "../../../../spec/view-building/laws.ts"
import {
  type CallAnswer,
  type Change,
  type Committer,
  callBackoffMs,
  collectEveryMs
} from "../../../../spec/view-building/messages.ts"
import type { CommitFate, CoordinatorAsked, CoordinatorLabel, CoordinatorSaid } from "./coordinator-messages.ts"
import { firstSaid, ordersFor, type Scenery } from "./coordinator-orders.ts"

export const onlyTerm = Term.make(1)
/** Where the coordinator is. It never takes its own node for down. */
const self = NodeId.make("A")
const by: Committer = { _tag: "Coordinator", term: onlyTerm }

/** What group 0 says. */
interface Head {
  readonly at: Position
  readonly said: Said
}

/** What was asked in calls that are out. */
type Asked = ReadonlyArray<{ readonly call: CallId; readonly tasks: ReadonlyArray<TaskId> }>

/** Everything that there is: the coordinator, and what surrounds it. */
interface Scene {
  readonly now: Coordinator
  readonly head: Head
  readonly asked: Asked
  readonly up: ReadonlyArray<NodeId>
}

const on = rulesOf<CoordinatorLabel>()
type Firings = ReadonlyArray<Firing<CoordinatorLabel>>
type Labels = ReadonlyArray<CoordinatorLabel>

/** What workers have really done is told to nobody here, so laws that go by it have nothing to say: S4 and S8. */
const laws = [...groupZeroLaws, ...coordinatorLaws].filter(({ id }) => id !== "VB-S4" && id !== "VB-S8")

export const coordinatorAlone = (variant: Variant, scenery: Scenery): System<CoordinatorLabel> => {
  const first = firstSaid(scenery)
  const coordinating = register<Coordinator>("coordinator", { ...newCoordinator(onlyTerm), fenced: true })
  const group0 = register<Head>("group 0", { at: Position.make(1), said: first })
  const calling = register<Asked>("asked", [])
  const gossip = register<ReadonlyArray<NodeId>>("taken for up", first.state.nodes)
  const role = coordinator(variant, onlyTerm)

  /** The next scene with what comes of one input of the model's; nothing where it is refused. */
  const after = (scene: Scene, input: CoordinatorInput) => {
    const answer = outcome(role.step(scene.now, input))
    if (answer._tag === "Refused") return undefined
    const { state, outputs } = answer.next
    const calls = outputs.flatMap((output) => (output._tag === "Called" ? [output] : []))
    const isOut = ({ call }: Asked[number]): boolean =>
      state.calls.some((known) => known.call === call && known.phase === "out")
    const asked = [...scene.asked.filter(isOut), ...calls.map(({ call, tasks }) => ({ call, tasks }))]
    const said = outputs.flatMap((output) => saidOf(output, state))
    return {
      scene: { ...scene, now: state, asked },
      said,
      labels: outputs.flatMap((one) => labelsOf(one, scene.head.at))
    }
  }

  /** Something is told to the coordinator, and then it looks, by itself, as long as there is anything to do. */
  const taking = (
    told: CoordinatorAsked,
    scene: Scene,
    input: CoordinatorInput | null,
    before: Labels = []
  ): Firings => {
    let last = input === null ? { scene, said: [], labels: [] } : after(scene, input)
    if (last === undefined) return []
    const outputs = [...last.said]
    const labels: Array<CoordinatorLabel> = [...before, ...last.labels]
    for (let next = last; ; next = last) {
      const { head, up } = next.scene
      const looked = after(next.scene, { _tag: "Looked", at: head.at, said: head.said, alive: up })
      if (looked === undefined) break
      last = looked
      outputs.push(...looked.said)
      labels.push(...looked.labels)
    }
    const { now, head, asked, up } = last.scene
    return [
      {
        labels: [{ _tag: "CoordinatorStep", input: told, outputs }, ...labels],
        writes: [write(coordinating, now), write(group0, head), write(calling, asked), write(gossip, up)]
      }
    ]
  }

  const rule = (name: string, who: string, fires: (scene: Scene) => Firings): Rule<CoordinatorLabel> =>
    on(
      name,
      { actor: who, fair: "none", reads: [coordinating, group0, calling, gossip] },
      (now, head, asked, up): Firings => fires({ now, head, asked, up })
    )

  const collects = rule("it is time to collect", "time", (scene) => {
    const { at, said } = scene.head
    return taking({ _tag: "CollectionDue" }, scene, { _tag: "CollectionDue", at, said }, [elapsed(collectEveryMs)])
  })

  const commits = rule("a commit is answered", "group 0", (scene) => {
    const { plan } = scene.now
    if (plan === null) return []
    const { seen, change, said } = plan
    const fates: ReadonlyArray<CommitFate> = seen === scene.head.at ? ["committed", "unheard", "lost"] : ["refused"]
    return fates.flatMap((fate): Firings => {
      const told = { _tag: "CommitAnswered", fate } as const
      const done = { _tag: "CommitDone", effective: fate === "committed" } as const
      if (fate === "lost") return taking(told, scene, done, [{ _tag: "CommitFailed", by, change }])
      if (fate === "refused")
        return taking(told, scene, done, [{ _tag: "CommitRefused", by, change, expected: seen, head: scene.head.at }])
      const next = effective(scene.head, by, change, said)
      return taking(told, { ...scene, head: next.head }, done, [next.label])
    })
  })

  const answers = rule("a call is answered", "worker", (scene) =>
    scene.now.calls.flatMap(({ replica, call, phase }) => {
      const tasks = scene.asked.find((one) => one.call === call)?.tasks ?? []
      return (phase === "out" ? answersFor(scenery, tasks) : []).flatMap((answer) =>
        taking({ _tag: "CallAnswered", replica, answer }, scene, { _tag: "CallEnded", replica, call, answer }, [
          { _tag: "CallEnded", term: onlyTerm, call, answer }
        ])
      )
    })
  )

  const rests = rule("a replica has rested", "time", (scene) =>
    scene.now.calls.flatMap(({ replica, phase }) =>
      phase === "resting"
        ? taking({ _tag: "Rested", replica }, scene, { _tag: "Rested", replica }, [elapsed(callBackoffMs)])
        : []
    )
  )

  const orders = rule("somebody changes group 0", "operator", (scene) =>
    ordersFor(scenery, scene.head.at, scene.head.said).flatMap(({ change, said }) => {
      const { head, label } = effective(scene.head, { _tag: "Operator" }, change, said)
      return taking({ _tag: "Said", at: head.at, change, said }, { ...scene, head }, null, [label])
    })
  )

  const marks = rule("a host goes down or up", "gossip", (scene) =>
    first.state.nodes
      .filter((node) => node !== self && isUsed(scenery, node))
      .flatMap((node) => {
        const alive = !scene.up.includes(node)
        const up = alive ? [...scene.up, node].sort() : scene.up.filter((other) => other !== node)
        return taking({ _tag: "Marked", node, alive }, { ...scene, up }, null, [
          { _tag: "HostMarked", by: self, node, alive }
        ])
      })
  )

  return {
    name: "view building coordinator alone",
    cells: [coordinating, group0, calling, gossip] as ReadonlyArray<Cell<unknown, unknown>>,
    rules: [collects, commits, answers, rests, orders, marks],
    laws,
    observables: {}
  }
}

/** Whether a node has any tablet's replica at first. Of others nobody asks anything. */
const isUsed = ({ tables }: Scenery, node: NodeId): boolean =>
  tables.some(({ tablets }) => tablets.some(({ replicas }) => replicas.some((replica) => replica.node === node)))

const elapsed = (ms: number): CoordinatorLabel => ({ _tag: "Elapsed", ms })

const effective = ({ at }: Head, committer: Committer, change: Change, said: Said) => {
  const head: Head = { at: Position.make(at + 1), said }
  const label: CoordinatorLabel = { _tag: "Committed", by: committer, at: head.at, change, state: said.state }
  return { head, label }
}

/** All of what was asked for, some of it, none, and why nothing. */
const answersFor = ({ reasons }: Scenery, tasks: ReadonlyArray<TaskId>): ReadonlyArray<CallAnswer> => [
  { _tag: "Done", tasks },
  ...(tasks.length > 1 ? [{ _tag: "Done", tasks: tasks.slice(1) } as const] : []),
  { _tag: "Done", tasks: [] },
  ...reasons.map((reason) => ({ _tag: "Refused", reason }) as const)
]

const saidOf = (output: CoordinatorOutput, { plan }: Coordinator): ReadonlyArray<CoordinatorSaid> => {
  if (output._tag === "Called") return [{ _tag: "Call", replica: output.replica, tasks: output.tasks }]
  if (output._tag === "Guarded" || plan === null) return []
  return [{ _tag: "Commit", seen: plan.seen, change: plan.change, said: plan.said }]
}

const labelsOf = (output: CoordinatorOutput, at: Position): Labels => {
  if (output._tag === "Planned") return []
  if (output._tag === "Guarded") return [{ _tag: "GuardTaken", by, at }]
  const { call, replica, tasks } = output
  return [{ _tag: "CallSent", term: onlyTerm, call, ...replica, tasks }]
}
