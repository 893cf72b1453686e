/** The replication manager in lockstep with its model, above replicators that answer ok or not, or die. */
import { small } from "../../../../model/dcp/bounds.ts"
import { managerSystem } from "../../../../model/dcp/manager-system.ts"
import { reference } from "../../../../model/dcp/variants.ts"
import { type Cell, write } from "../../../../model/kernel/cell.ts"
import { type Channel, push } from "../../../../model/kernel/channel.ts"
import { rulesOf, type System } from "../../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import type { ReplyValue } from "../../../../spec/dcp/messages.ts"
import type { ManagerInput } from "../../../../spec/dcp/supervision.ts"
import { managerAdapter } from "../../../adapters/dcp-manager.ts"
import { checkRole } from "../../../kit/check-role.ts"
import { managerPart } from "../../../kit/dcp/manager-part.ts"
import { graphFor } from "../../../kit/stage.ts"
import { apart } from "../apart.ts"
import { cellNamed } from "../cell-named.ts"
import type { Exam } from "../exam.ts"
import { lockstepFindings } from "./lockstep-finding.ts"

const failures: ReadonlyArray<ReplyValue> = [
  { _tag: "Errors", failures: [{ _tag: "BadResponse", status: 7 as never, vbucket: 0 as never }] },
  { _tag: "Refused" }
]

/** The manager's environment, in which replicators may also answer that they failed. */
const withFailures = (system: System<DcpLabel>): System<DcpLabel> => {
  const asked = cellNamed(system, "set-ups") as Cell<ReadonlyArray<number>, ReadonlyArray<number>>
  const mail = cellNamed(system, "manager mailbox") as Channel<ManagerInput>
  const fails = rulesOf<DcpLabel>()(
    "replicator.fails",
    { actor: "replicator", fair: "none", reads: [asked] },
    (waiting) =>
      waiting.flatMap((connection) =>
        failures.map((value) => ({
          labels: [],
          writes: [
            write(
              asked,
              waiting.filter((other) => other !== connection)
            ),
            push(mail, { _tag: "ReplicatorAnswered", connection, outcome: { _tag: "Answered", value } })
          ]
        }))
      )
  )
  return { ...system, rules: [...system.rules, fails] }
}

const twoDeaths = withFailures(managerSystem(reference, { ...small, breaks: 2 }, []))
const system = ["replicator.answers", "replicator.dies"].reduce(
  (all, rule) => apart(all, rule, 2),
  apart(twoDeaths, "replicator.fails", 4)
)
const graph = graphFor(system, managerPart)

export const managerLockstep: Exam = {
  name: "lockstep replication manager",
  async *findings({ manager: Manager }, seed) {
    if (Manager === undefined) return
    const adapter = managerAdapter("subject", (options) => new Manager(options))
    const result = await checkRole({ runs: 150, maxCommands: 30, system, part: managerPart, adapter, seed, graph })
    yield* lockstepFindings(result, this.name)
  }
}
