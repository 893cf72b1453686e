/** What one incarnation of the coordinator knows of the global track. All of it is lost with the incarnation. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { NodeId, Position, Term, TopologyRequestId, Version } from "../../../spec/sessions/metadata.ts"
import type { Ring } from "./global-track.ts"

/** What it is doing. */
export type Doing =
  | { readonly _tag: "Nothing" }
  /** Changes computed from what group 0 said at `seen`. */
  | { readonly _tag: "Committing"; readonly seen: Position; readonly ring: Ring }
  /** It has given the right to commit back, and has not sent its RPCs yet. */
  | { readonly _tag: "Sending"; readonly session: SessionId | null; readonly to: ReadonlyArray<NodeId> }
  /** It waits for answers. `must` is false where a node that does not answer is fenced out instead. */
  | {
      readonly _tag: "Asking"
      readonly what: "barrier" | "task"
      readonly index: number
      readonly must: boolean
      readonly waiting: ReadonlyArray<NodeId>
      readonly failed: boolean
    }

/** How far it has come with one part of a request. */
export interface Noted {
  readonly request: TopologyRequestId
  readonly part: string
  readonly barrier: "failed" | "passed" | null
  /** The version below which nobody is served any more once the barrier has passed. */
  readonly version: Version | null
  readonly task: "failed" | "done" | null
  readonly retries: number
}

export interface GlobalCoordinator {
  readonly term: Term
  /** False until its first commit, which takes away the right to commit from every coordinator before it. */
  readonly fenced: boolean
  /** The number of the last that it asked of nodes. */
  readonly index: number
  readonly doing: Doing
  readonly noted: Noted | null
}

export const newCoordinator = (term: Term): GlobalCoordinator => ({
  term,
  fenced: false,
  index: 0,
  doing: { _tag: "Nothing" },
  noted: null
})

/** What it knows of a part, which is nothing where it has done nothing for it. */
export const notedOf = ({ noted }: GlobalCoordinator, request: TopologyRequestId, part: string): Noted =>
  noted?.request === request && noted.part === part
    ? noted
    : { request, part, barrier: null, version: null, task: null, retries: 0 }
