/** The replication manager of DCP, above replicators that are the kit's, for adapters in any language. */
import { type Managed, managerAlone, managerInputs } from "../../../model/dcp/supervision-roles.ts"
import { variants } from "../../../model/dcp/variants.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { S22 } from "../../../spec/dcp/laws/supervision.ts"
import { ManagerInput, ManagerOutput } from "../../../spec/dcp/supervision.ts"
import { managerLabels, managerPart } from "../../kit/dcp/manager-part.ts"
import { isDied } from "../../kit/role-under-test.ts"
import { graphFor } from "../../kit/stage.ts"
import type { RemoteRole, RemoteVariant } from "../remote-role.ts"
import { choosing } from "./choosing.ts"

type Manager = RemoteRole<DcpLabel, ManagerInput, ManagerOutput, never>

const graphOf = (name: keyof typeof variants) => () => graphFor(managerAlone(variants[name]), managerPart)

const variant = (name: keyof typeof variants): RemoteVariant<DcpLabel, ManagerInput, ManagerOutput, never> => ({
  name,
  walks: [graphOf(name)],
  bounded: graphOf(name)
})

const without = (all: ReadonlyArray<number>, connection: number): ReadonlyArray<number> =>
  all.filter((other) => other !== connection)

/** What a manager has asked, and of whom. */
const after = (known: Managed, label: DcpLabel): Managed => {
  if (label._tag !== "ManagerStep") return known
  const { input, outputs } = label
  const begun: Managed =
    input._tag === "SetDesired"
      ? { ...known, awaited: [] }
      : {
          running: input._tag === "ReplicatorDied" ? without(known.running, input.connection) : known.running,
          awaited: known.awaited && without(known.awaited, input.connection)
        }
  return outputs.reduce((now, output): Managed => {
    switch (output._tag) {
      case "StartReplicator":
        return { ...now, running: [...without(now.running, output.connection), output.connection] }
      case "SetupReplication":
        return { ...now, awaited: [...(now.awaited ?? []), output.connection] }
      case "Answer":
        return { ...now, awaited: null }
    }
  }, begun)
}

/** Where nobody has to answer any more and the caller was not told, it may still be that some replicator dies, or the map is asked for. */
const kinds = (known: Managed): ReadonlyArray<ReadonlyArray<ManagerInput>> => {
  const idle = known.awaited?.length === 0
  return Object.values(managerInputs(idle ? { ...known, awaited: null } : known))
}

export const replicationManagerRole: Manager = {
  role: managerPart.role,
  input: ManagerInput,
  output: ManagerOutput,
  shown: undefined,
  part: managerPart,
  labels: managerLabels,
  isLast: isDied,
  mayDie: false,
  laws: [S22],
  environment: choosing<Managed, DcpLabel, ManagerInput>({ init: { running: [], awaited: null }, on: after, kinds }),
  variants: [variant("reference"), variant("asShipped")],
  vectors: { paths: graphOf("reference"), variant: "reference", told: graphOf("reference") }
}
