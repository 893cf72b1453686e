/** A hint: a write of a request that a node has kept for a replica, and the sending of it. */
import { RequestId } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { type Answered, hearing, newRequest, type Request } from "./request-state.ts"

/** The sending is a request like others, so replicas know no difference. `version` is that of the last try, until a restart. */
export interface Hint extends Omit<Request, "phase"> {
  readonly phase: Request["phase"] | "kept"
  /** The number of the request that it was kept of, and for whom; null while there is none. */
  readonly of: number | null
  readonly to: NodeId | null
  /** How often it was sent. */
  readonly tries: number
}

export const noHint: Hint = { ...newRequest("write"), of: null, to: null, tries: 0 }

/** A hint becomes another, or a replica has answered one of its tries. */
export type HintOp = Hint | (Answered & { readonly try: number })

/** Nobody waits for the answer to an earlier try. */
export const afterHint = (hint: Hint, op: HintOp): Hint => {
  if (!("from" in op)) return op
  return op.try === hint.tries ? hearing(hint, op) : hint
}

/** Each try is a request by itself. */
export const hintId = (tries: number): RequestId => RequestId.make(`hint-${tries}`)

/** Whether a write is still to come that a repair ought to have seen. */
export const isOutstanding = ({ phase }: Hint): boolean => phase === "kept" || phase === "going"
