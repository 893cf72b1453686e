/** What is known on the side of the coordinators, around a worker that is alone. */
import type { ShardId, Term } from "../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../spec/view-building/ids.ts"
import type { CallAnswer } from "../../../spec/view-building/messages.ts"
import type { Cell } from "../../kernel/cell.ts"
import { joining } from "./node.ts"

/** A call that was not answered yet. */
export interface Out {
  readonly call: CallId
  readonly term: Term
  readonly shard: ShardId
}

export interface Desk {
  /** The newest coordinator's. */
  readonly term: Term
  readonly out: ReadonlyArray<Out>
  /** What the newest coordinator was told to be done, and has not collected. */
  readonly finished: ReadonlyArray<TaskId>
}

/** Somebody asks, or hears, or is elected; what was finished was collected; a node has fallen, and answers nobody. */
export type DeskOp =
  | { readonly asks: Out }
  | { readonly hears: { readonly call: CallId; readonly shard: ShardId; readonly answer: CallAnswer } }
  | { readonly elects: Term }
  | "collects"
  | "loses"

const first: Desk = { term: 1 as Term, out: [], finished: [] }

export const deskCell: Cell<Desk, DeskOp> = {
  name: "desk",
  init: first,
  apply: (desk, op) => {
    if (op === "collects") return { ...desk, finished: [] }
    if (op === "loses") return { ...desk, out: [] }
    if ("asks" in op) return { ...desk, out: [...desk.out, op.asks] }
    return "elects" in op ? { ...desk, term: op.elects, finished: [] } : heard(desk, op.hears)
  }
}

/** A call that was answered is out no more. What an older coordinator is told the newest does not hear. */
const heard = (desk: Desk, { call, shard, answer }: Omit<Out, "term"> & { readonly answer: CallAnswer }): Desk => {
  const known = desk.out.find((one) => one.call === call && one.shard === shard)
  if (known === undefined) return desk
  const out = desk.out.filter((one) => one !== known)
  const isNews = known.term === desk.term && answer._tag === "Done"
  return { ...desk, out, finished: isNews ? joining(desk.finished, answer.tasks) : desk.finished }
}
