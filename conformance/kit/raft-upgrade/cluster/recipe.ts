/** The recipe by which an operator brings a cluster back that is stuck, or has lost its majority. Source: dossier 3, R1 to R9. */
import type { NodeId } from "../../../../spec/metadata.ts"
import type { Edit } from "../../../../spec/raft-upgrade/messages.ts"
import { recovery } from "../../../../spec/raft-upgrade/states.ts"
import type { Deed } from "./cluster-under-test.ts"

/** R2, R5 and R7: what is written on the disk of each node that is left. */
export const intoRecovery: Edit = { _tag: "WriteState", text: recovery }
export const erasures: ReadonlyArray<Edit> = [
  { _tag: "EraseDiscovery" },
  { _tag: "EraseHistory" },
  { _tag: "EraseGroup" }
]
export const outOfRecovery: Edit = { _tag: "DeleteState" }

/** R2 to R8, for those who are left. R1, that those who are lost are dead, is so; R9 is for whoever looks at the end. */
export const recipe = (left: ReadonlyArray<NodeId>, lost: ReadonlyArray<NodeId>): ReadonlyArray<Deed> => {
  const onEach = (edit: Edit): ReadonlyArray<Deed> => left.map((node) => ({ _tag: "Edit", node, edit }))
  const rolling: ReadonlyArray<Deed> = left.map((node) => ({ _tag: "Restart", node }))
  const [first] = left
  return [
    ...onEach(intoRecovery),
    ...rolling,
    ...(first === undefined ? [] : lost.map((dead): Deed => ({ _tag: "Remove", node: first, dead }))),
    ...erasures.flatMap(onEach),
    ...onEach(outOfRecovery),
    ...rolling
  ]
}
