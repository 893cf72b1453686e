/** How far a cluster may go, what its operator and clients do, and which faults it meets. */

import type { Kind, Stage } from "../../../spec/sessions/metadata.ts"
import { UnknownOverride } from "../../kernel/scope.ts"
import type { Fairness } from "../../kernel/system.ts"
import type { RequestKind } from "./request-state.ts"

/** How much of everything there is in a scope of a cluster. */
export interface Bounds {
  /** Nodes by name. */
  readonly nodes: ReadonlyArray<string>
  /** Nodes that have the tablet at the beginning, the primary first; it lives on their last shards. */
  readonly replicas: ReadonlyArray<string>
  /** Shards of each node. */
  readonly shards: number
  /** What the operator may decide about the table at any moment, once: before a merge there are two tablets. */
  readonly resize?: "split" | "merge"
  /** Other tables that share the tablet. No client asks for them, and the operator drops all at once. */
  readonly colocated?: number
  /** What the operator starts, one after the other, in this order. */
  readonly transitions: ReadonlyArray<{ readonly kind: Kind; readonly to: ReadonlyArray<string> }>
  /** An operation that has nothing to do with the tablet and never ends, inside a session of its own on every shard. */
  readonly unrelated: boolean
  /** Connections of a coordinator that may break under what it asked for. */
  readonly breaks: number
  /** Streams that may break while their rows are on the way. */
  readonly streamBreaks: number
  /** Messages that may come twice. */
  readonly repeats: number
  readonly restarts: number
  /** Nodes that may be shut down in good order, and started again. */
  readonly shutdowns?: number
  /** Nodes that may die and be declared dead. */
  readonly exclusions: number
  /** Nodes that were declared dead before the beginning, and are alive: they were only out of reach. */
  readonly ghosts?: ReadonlyArray<string>
  readonly failovers: number
  /** Commits of a coordinator that are effective, and of which it never hears what became of them. */
  readonly unheard?: number
  /** Changes that the operator may commit at any moment and that concern no tablet. */
  readonly bumps: number
  /** Disks that may become full, each for ever (F7 says that another target is found). */
  readonly fullDisks: number
  /** Times that the operator may drop the table, in the middle of whatever goes on. */
  readonly drops: number
  /** Whether a node may apply several commands in one step. */
  readonly skips: boolean
  /** Requests of clients in the order in which they may begin. */
  readonly requests: ReadonlyArray<RequestKind>
  /**
   * The order in which transitions and requests begin, each when the one before is over; without it requests begin when
   * they like.
   */
  readonly script?: ReadonlyArray<"transition" | "request">
  readonly purges: number
  /** Whether there is a second tablet, on the same nodes, that a transition of its own takes to where it is already. */
  readonly neighbour?: boolean
  /** Requests may begin while others are going on; else each begins when the one before is over. */
  readonly overlap?: boolean
  /** Whether a write may be lost on its way to a replica, and is kept as a hint. */
  readonly hint?: boolean
  /** Stages in which faults happen; without it they do so at any moment. */
  readonly during?: ReadonlyArray<Stage>
  /** Where each request begins, and in which stage, null for no transition; without it anywhere and at any moment. */
  readonly asks?: ReadonlyArray<{ readonly at: string; readonly stage: Stage | null }>
  /** Whether nodes wait for answers to requests for as long as it takes. */
  readonly patient?: boolean
  /** Nodes whose disks are full from the beginning. */
  readonly full?: ReadonlyArray<string>
  /** Whether each row of a stream comes in a message of its own. */
  readonly rowByRow?: boolean
  /** Assumptions that are switched off, by id. */
  readonly without: ReadonlyArray<string>
}

/** Two nodes with two shards, one tablet that moves from one to the other, and nothing that goes wrong. */
export const small: Bounds = {
  nodes: ["A", "B"],
  replicas: ["A"],
  shards: 2,
  transitions: [{ kind: "migration", to: ["B"] }],
  unrelated: false,
  breaks: 0,
  streamBreaks: 0,
  repeats: 0,
  restarts: 0,
  exclusions: 0,
  failovers: 0,
  bumps: 0,
  fullDisks: 0,
  drops: 0,
  skips: false,
  requests: [],
  purges: 0,
  without: []
}

const known = ["SES-F1", "SES-F2", "SES-F3", "SES-F4", "SES-F5", "SES-F6", "SES-F7"]

/** The same bounds with assumptions switched off. Throws `UnknownOverride` for an id that is none. */
export const assuming = (bounds: Bounds, without: ReadonlyArray<string>): Bounds => {
  const ids = without.map((id) => (id.startsWith("SES-") ? id : `SES-${id}`))
  const stranger = ids.find((id) => !known.includes(id))
  if (stranger !== undefined)
    throw new UnknownOverride(`sessions has no assumption "${stranger}"; it has ${known.join(", ")}`)
  return { ...bounds, without: [...bounds.without, ...ids] }
}

/** Whether the next thing in the script is of this kind. Where there is no script, everything is. */
export const isNext = (
  { script }: Bounds,
  kind: "transition" | "request",
  transitions: number,
  requests: number
): boolean => script === undefined || script[transitions + requests] === kind

/** Whether a rule has to fire in the end: what an assumption promises is fair until the assumption is switched off. */
export const trusting = ({ without }: Bounds, assumption: string): Fairness =>
  without.includes(`SES-${assumption}`) ? "none" : "weak"
