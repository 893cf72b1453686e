/** Whether any node has ended and begun again, which tells two laws about arriving from each other. */
import type { Memory } from "../../law.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import { afterGroups, type Groups, noGroup } from "./groups.ts"

export interface Falls extends Groups {
  readonly hasFallen: boolean
}

export const falls: Memory<Falls, RaftUpgradeLabel> = {
  name: "falls",
  init: { ...noGroup, hasFallen: false },
  on: ({ hasFallen, ...before }, label) => ({
    ...afterGroups(before, label),
    hasFallen: hasFallen || label._tag === "Stopped" || label._tag === "Crashed"
  })
}
