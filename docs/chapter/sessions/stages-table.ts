/** The stages of a transition as a table, made from the model's rules and the selectors: nobody keeps it by hand. */
import { stageRules } from "../../../model/sessions/cluster/stages.ts"
import { reference } from "../../../model/sessions/cluster/variant.ts"
import {
  NodeId,
  type Replica,
  ShardId,
  type Stage,
  stages,
  type Tablet,
  TabletId
} from "../../../spec/sessions/metadata.ts"
import { selectors } from "../../../spec/sessions/selectors.ts"
import { table } from "../exploring.ts"

const on = (node: string): Replica => ({ node: NodeId.make(node), shard: ShardId.make(0) })

/** A tablet that moves from A to B and stands in a stage. */
const moving = (stage: Stage): Tablet => ({
  tablet: TabletId.make("t"),
  replicas: [on("A")],
  transition: { kind: "migration", stage, next: [on("B")], session: null }
})

const whose = (node: string | undefined): string => (node === undefined ? "" : node === "A" ? "leaving" : "pending")

/** One row a stage: whom requests go to, what has to be done before it is left, where it leads, and what becomes of the session. */
export const stagesTable = (): string => {
  const rules = stageRules(reference)
  return table(
    ["stage", "writes", "reads", "before it is left", "then", "session then", "if a replica is lost"],
    stages.map((stage) => {
      const rule = rules[stage]
      const tablet = moving(stage)
      const task = rule.task(tablet, { ignored: [] })
      const done = rule.done(tablet)
      const back = rule.rollback(tablet)
      const asked = task === null ? [] : [`${task.operation} at ${place(stage, whose(task.at[0]?.node))}`]
      return [
        `\`${stage}\``,
        selectors[stage].writes,
        selectors[stage].reads,
        [...(rule.barrier ? ["barrier"] : []), ...asked].join(", then ") || "nothing",
        done.stage === null ? "the transition is over" : `\`${done.stage}\``,
        done.session === "fresh"
          ? "**set**"
          : done.session === "cleared" && done.stage !== null
            ? "**cleared**"
            : "as it is",
        back?.stage == null
          ? rule.givesUp === "behindBarrier"
            ? "given up behind a barrier"
            : "tried again"
          : `\`${back.stage}\`${back.session === "cleared" ? ", session **cleared**" : ""}`
      ]
    })
  )
}

/** Repairs have a primary; it is the first replica that lives, which leaves in a migration by accident. */
const place = (stage: Stage, which: string): string =>
  stage === "restore"
    ? "every replica"
    : `the ${["repair", "rebuild_repair"].includes(stage) ? "primary" : which} replica`
