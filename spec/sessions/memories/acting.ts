/** The newest coordinator that has begun to do anything outside group 0. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { Term } from "../metadata.ts"

export interface Acting {
  readonly term: Term | null
}

export const acting: Memory<Acting, ClusterLabel> = {
  name: "acting",
  init: { term: null },
  on: ({ term }, label) =>
    label._tag === "BarrierBegan" && (term === null || label.term > term) ? { term: label.term } : { term }
}
