/** The replication manager above replicators that answer or die, and somebody who asks for the map until it is there. */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { L6 } from "../../spec/dcp/laws/liveness.ts"
import { S22 } from "../../spec/dcp/laws/supervision.ts"
import type { ManagerInput, ManagerOutput } from "../../spec/dcp/supervision.ts"
import type { CallId } from "../../spec/ids.ts"
import type { Law } from "../../spec/law.ts"
import { budget, register, type Write, write } from "../kernel/cell.ts"
import { channel, head, pop, push } from "../kernel/channel.ts"
import { outcome } from "../kernel/role.ts"
import { rulesOf, type System } from "../kernel/system.ts"
import { type Bounds, vb } from "./bounds.ts"
import { type ReplicationManager, replicationManager } from "./replication-manager.ts"
import type { Variant } from "./variants.ts"

const on = rulesOf<DcpLabel>()

/** Two connections for a pair of nodes, and two vBuckets, one on each. */
const connections = 2
const desired = [vb(0), vb(1)]

export const managerSystem = (
  variant: Variant,
  bounds: Bounds,
  laws: ReadonlyArray<Law<DcpLabel>>
): System<DcpLabel> => {
  const role = replicationManager(variant, connections)
  const manager = register<ReplicationManager>("replication manager", role.initial)
  const mail = channel<ManagerInput>("manager mailbox", 8)
  /** Connections whose replicator was asked for a set-up and has not answered. */
  const asked = register<ReadonlyArray<number>>("set-ups", [])
  /** The desired map is in force as far as its owner knows. */
  const satisfied = register("satisfied", false)
  const deaths = budget("replicator deaths", bounds.breaks === "any" ? 2 : bounds.breaks)
  const again = bounds.without.includes("DCP-A6") ? "none" : "weak"

  const answers = (outputs: ReadonlyArray<ManagerOutput>): ReadonlyArray<Write> =>
    outputs.flatMap((output) => (output._tag === "Answer" ? [write(satisfied, output.result === "ok")] : []))
  return {
    name: "dcp replication manager",
    cells: [manager, mail, asked, satisfied, deaths],
    rules: [
      on(
        "rebalance.asks",
        { actor: "rebalance", fair: again, reads: [manager, head(mail), satisfied] },
        (state, first, had) =>
          // The janitor looks again and again, so a replicator that died after it had answered is missed as well.
          (had && state.running.length === connections) || state.busy !== null || first !== null
            ? []
            : [
                {
                  labels: [],
                  writes: [push(mail, { _tag: "SetDesired", call: "c1" as CallId, vbuckets: desired })]
                }
              ]
      ),
      on(
        "manager.takes",
        { actor: "manager", fair: "weak", reads: [manager, head(mail), asked] },
        (state, input, waiting) => {
          if (input === null) return []
          const result = outcome(role.step(state, input))
          if (result._tag === "Refused") return []
          const { state: next, outputs } = result.next
          const setups = outputs.flatMap((output) => (output._tag === "SetupReplication" ? [output.connection] : []))
          const lost: ReadonlyArray<Write> = input._tag === "ReplicatorDied" ? [write(satisfied, false)] : []
          return [
            {
              labels: [{ _tag: "ManagerStep", input, outputs }],
              writes: [
                pop(mail),
                write(manager, next),
                ...lost,
                ...answers(outputs),
                ...(setups.length > 0 ? [write(asked, [...waiting, ...setups])] : [])
              ]
            }
          ]
        }
      ),
      on(
        "replicator.answers",
        { actor: "replicator", fair: bounds.without.includes("DCP-A4") ? "none" : "weak", reads: [asked] },
        (waiting) =>
          waiting.map((connection) => ({
            labels: [],
            writes: [
              write(
                asked,
                waiting.filter((other) => other !== connection)
              ),
              push(mail, {
                _tag: "ReplicatorAnswered",
                connection,
                outcome: { _tag: "Answered", value: { _tag: "Ok" } }
              })
            ]
          }))
      ),
      on(
        "replicator.dies",
        { actor: "replicator", fair: "none", reads: [manager, asked, deaths] },
        (state, waiting, left) =>
          left === 0
            ? []
            : state.running.map((connection) => ({
                labels: [],
                writes: [
                  write(deaths, "spend"),
                  write(
                    asked,
                    waiting.filter((other) => other !== connection)
                  ),
                  push(mail, { _tag: "ReplicatorDied", connection })
                ]
              }))
      )
    ],
    laws: [L6, S22, ...laws],
    observables: {}
  }
}
