/** Triggers start operations at a node, and operations end: done, failed, or told to stop because their stage is over. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Reason } from "../../../spec/sessions/messages.ts"
import type { Position } from "../../../spec/sessions/metadata.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { arrived } from "./mail.ts"
import type { Call, Node, Running, Triggered } from "./node-state.ts"
import { begun, sourceOf, tabletOf } from "./operations.ts"
import type { Variant } from "./variant.ts"
import { workAfter, workName } from "./works.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const operationRules = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> => [
  takes(cells, variant, node),
  begins(cells, variant, node),
  completes(cells, node),
  stops(cells, node)
]

/** What those who wait for an operation are told. */
export const told = (cells: ClusterCells, calls: ReadonlyArray<Call>, reason: Reason | null): ReadonlyArray<Write> =>
  calls.map(({ term, call }) =>
    push(cells.coordinators.find((known) => known.term === term)!.answers, { _tag: "Trigger", call, reason })
  )

/** An operation ends, and everybody who waits for it hears the same. */
export const ending = (
  cells: ClusterCells,
  node: NodeCells,
  state: Node,
  running: Running,
  reason: Reason | null
): Firing<ClusterLabel> => ({
  labels: [{ _tag: "OperationEnded", node: node.name, operation: running.operation, tablet: running.tablet, reason }],
  writes: [
    write(node.node, { ...state, running: state.running.filter((other) => other !== running) }),
    ...told(cells, running.calls, reason)
  ]
})

const takes = (cells: ClusterCells, variant: Variant, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} takes a trigger`,
    { actor: node.name, fair: "weak", reads: [node.node, arrived(node, "Trigger"), cells.position] },
    (state, mail, head): Firings =>
      (state.up ? mail : []).map(({ message: { term, call, operation, tablet, session }, position }) => {
        const needs = variant.triggerChecks === "readBarrierAndStage" ? head : (0 as Position)
        const trigger: Triggered = { term, call, operation, tablet, session, needs }
        return {
          labels: [],
          writes: [remove(node.mail, position), write(node.node, { ...state, triggers: [...state.triggers, trigger] })]
        }
      })
  )

/** A trigger whose read barrier is over joins what runs for its tablet, begins its operation, or is refused. */
const begins = (cells: ClusterCells, variant: Variant, node: NodeCells): Rule<ClusterLabel> => {
  const [first, ...others] = node.shards
  // A read barrier waits for the first reload after a start, so what is not loaded counts as having applied nothing.
  const ats = others.map(({ shard }) => view(shard, "loaded up to", ({ at, loaded }) => (loaded ? at : -1)))
  const local = view(first!.shard, "applied", ({ at, loaded, metadata }) => ({ at, loaded, metadata }))
  return on(
    `${node.name} begins an operation`,
    { actor: node.name, fair: "weak", reads: [node.node, cells.works, local, ...ats] },
    (state, named, { at, loaded, metadata }, ...elsewhere): Firings =>
      state.triggers
        .filter(({ needs }) => loaded && [at, ...elsewhere].every((position) => position >= needs))
        .filter((trigger) => !waitsForAnother(variant, state, trigger))
        .map((trigger): Firing<ClusterLabel> => {
          const rest: Node = { ...state, triggers: state.triggers.filter((other) => other !== trigger) }
          const { operation, tablet } = trigger
          const call: Call = { term: trigger.term, call: trigger.call }
          const joined = state.running.find((other) => other.tablet === tablet)
          if (joined !== undefined) {
            const running = rest.running.map((other) =>
              other === joined ? { ...joined, calls: [...joined.calls, call] } : other
            )
            return { labels: [], writes: [write(node.node, { ...rest, running })] }
          }
          const found = begun(variant, node.name, metadata, trigger)
          if (found.reason !== null)
            return {
              labels: [{ _tag: "TriggerRefused", node: node.name, operation, tablet, reason: found.reason }],
              writes: [write(node.node, rest), ...told(cells, [call], found.reason)]
            }
          const { stage, session, replica, within } = found
          const pin = variant.operationPins === "nothing" ? null : metadata.version
          const running: Running = {
            operation,
            tablet,
            stage,
            count: metadata.tablets.length,
            session,
            replica,
            pin,
            aborted: false,
            awaits: null,
            needs: [],
            calls: [call]
          }
          const asked = trigger.session === null || trigger.session === session ? {} : { asked: trigger.session }
          const label: ClusterLabel = { _tag: "OperationBegan", node: node.name, operation, tablet, session, ...asked }
          if (operation !== "stream" || within)
            return { labels: [label], writes: [write(node.node, { ...rest, running: [...rest.running, running] })] }
          const work = workName(workAfter(named, 1))
          const known = tabletOf(metadata, tablet)
          const source = known === undefined ? undefined : sourceOf(metadata, known)
          const from = cells.nodes.find(({ name }) => name === source?.node)
          return {
            labels: [label],
            writes: [
              write(node.node, {
                ...rest,
                running: [
                  ...rest.running,
                  { ...running, awaits: [work], needs: source === undefined ? [] : [source.node] }
                ]
              }),
              write(cells.works, workAfter(named, 1)),
              ...(from === undefined || session === null
                ? []
                : [push(from.mail, { _tag: "Fetch", tablet, session, to: replica, path: "mutations", work })])
            ]
          }
        })
  )
}

/** An operation of another kind runs for the tablet: it has to end first. Whoever joins it hears how something else ended (Q5). */
const waitsForAnother = ({ joins }: Variant, { running }: Node, { tablet, operation }: Triggered): boolean =>
  joins === "sameOperation" && running.some((other) => other.tablet === tablet && other.operation !== operation)

/** Everything that an operation waited for has landed. */
const completes = (cells: ClusterCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} completes an operation`,
    { actor: node.name, fair: "weak", reads: [node.node] },
    (state): Firings =>
      state.running
        .filter(({ awaits }) => awaits?.length === 0)
        .map((running) => ending(cells, node, state, running, null))
  )

/** An operation whose stage is over ends, whatever it still waits for. What it has sent lives on. */
const stops = (cells: ClusterCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} stops an operation`,
    { actor: node.name, fair: "weak", reads: [node.node] },
    (state): Firings =>
      state.running
        .filter(({ aborted, awaits }) => aborted && awaits?.length !== 0)
        .map((running) => ending(cells, node, state, running, "AbortRequested"))
  )
