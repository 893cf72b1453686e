/**
 * A proxy pair between two kv ends, with callers: the system in which MB-53445 lives.
 *
 * Source: dossier 1.4 and 1.5. Lifetimes are atomic here; `replicator-system.ts` takes them apart.
 */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { S25 } from "../../spec/dcp/laws/order.ts"
import { callerLaws, consumerLaws } from "../../spec/dcp/laws.ts"
import type { Law } from "../../spec/law.ts"
import { view, write } from "../kernel/cell.ts"
import { head, pop, push } from "../kernel/channel.ts"
import { type Rule, rulesOf, type System } from "../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import { consumerRules, producerRules } from "./connection-rules.ts"
import { fresh } from "./consumer-state.ts"
import { kvRules } from "./kv-rules.ts"
import { callName, deaths, everythingDies, listed, type PairCells, pairCells } from "./pair-cells.ts"
import type { Variant } from "./variants.ts"

const on = rulesOf<DcpLabel>()

/** The system of a variant within bounds, judged by the given laws besides those of every proxy pair. */
export const pair = (variant: Variant, bounds: Bounds, laws: ReadonlyArray<Law<DcpLabel>>): System<DcpLabel> => {
  const cells = pairCells(bounds, variant.closeControl === "on")
  return {
    name: "dcp proxy pair",
    cells: listed(cells, bounds),
    rules: [
      ...callerRules(cells, bounds),
      ...consumerRules(cells, variant, bounds),
      ...producerRules(cells, bounds),
      ...kvRules(cells, variant, bounds),
      ...faultRules(cells, bounds)
    ],
    laws: [...consumerLaws, S25, ...callerLaws, ...laws],
    observables: {}
  }
}

// ---- callers ------------------------------------------------------------------------------------------------------

const callerRules = (cells: PairCells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => [
  on("caller.calls", { actor: "caller", fair: "none", reads: [cells.callers, cells.up] }, (callers, up) => {
    if (!up || callers.made >= bounds.calls || (callers.waiting.length > 0 && !bounds.overlap)) return []
    const call = callName(callers.made)
    return bounds.requests.map((request) => ({
      labels: [{ _tag: "Called", call, request }],
      writes: [write(cells.callers, { made: call }), push(cells.consumerMail, { _tag: "Call", call, request })]
    }))
  }),
  on("caller.exits", { actor: "caller", fair: "weak", reads: [cells.callers, cells.up] }, (callers, up) =>
    up
      ? []
      : callers.waiting.map((call) => ({
          labels: [{ _tag: "CallerExited", call }],
          writes: [write(cells.callers, { over: call })]
        }))
  )
]

// ---- faults and repair --------------------------------------------------------------------------------------------

const faultRules = (cells: PairCells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const waits = view(cells.callers, "some caller waits", (callers) => callers.waiting.length > 0)
  const rules: Array<Rule<DcpLabel>> = [
    on("socket.breaks", { actor: "network", fair: "none", reads: [cells.up, cells.mayBreak.left] }, (up, left) =>
      up && left > 0
        ? [
            {
              labels: deaths("the network broke it"),
              writes: [...everythingDies(cells, bounds), ...cells.mayBreak.pay]
            }
          ]
        : []
    ),
    on("replicator.restarts", { actor: "replicator", fair: "weak", reads: [cells.up, waits] }, (up, waiting) =>
      up || waiting ? [] : [{ labels: [{ _tag: "Reconnected" }], writes: [write(cells.consumer, fresh)] }]
    )
  ]
  if (bounds.without.includes("DCP-A1"))
    for (const [name, wire] of [
      ["kv consumer", cells.toKvConsumer],
      ["kv producer", cells.toKvProducer]
    ] as const)
      rules.push(
        on(`network.loses to ${name}`, { actor: "network", fair: "none", reads: [head(wire)] }, (packet) =>
          packet === null ? [] : [{ labels: [], writes: [pop(wire)] }]
        )
      )
  return rules
}
