/** What goes into a coordinator and comes out of it, for those who hold group 0 and the network. */
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { Command, Operation, Reason } from "../../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, Position, TabletId, Version } from "../../../../spec/sessions/metadata.ts"
import { listed } from "../../../report/sessions/words.ts"

/** What becomes of a commit, and what the coordinator is told of it. `unheard` was effective, `lost` was not; nobody knows. */
export type CommitFate = "committed" | "refused" | "unheard" | "lost"

export type CoordinatorAsked =
  /** Group 0 says something else than before. */
  | { readonly _tag: "Said"; readonly at: Position; readonly metadata: Metadata }
  | { readonly _tag: "CommitAnswered"; readonly fate: CommitFate; readonly at: Position }
  | { readonly _tag: "CommandAnswered"; readonly node: NodeId; readonly index: number; readonly reason: Reason | null }
  | {
      readonly _tag: "TriggerAnswered"
      readonly node: NodeId
      readonly operation: Operation
      readonly tablet: TabletId
      readonly reason: Reason | null
    }
  /** Whatever was asked of a node is lost. */
  | { readonly _tag: "ConnectionBroke"; readonly node: NodeId }

export type CoordinatorSaid =
  | { readonly _tag: "Commit"; readonly seen: Position; readonly metadata: Metadata }
  | {
      readonly _tag: "BarrierBegan"
      readonly index: number
      readonly command: Command
      readonly version: Version
      readonly targets: ReadonlyArray<NodeId>
      readonly tablets: ReadonlyArray<TabletId>
    }
  | { readonly _tag: "BarrierEnded"; readonly index: number; readonly ok: boolean }
  | {
      readonly _tag: "Trigger"
      readonly node: NodeId
      readonly operation: Operation
      readonly tablet: TabletId
      readonly session: string | null
    }

/** One step of a coordinator, besides what others see of it. */
export interface CoordinatorStep {
  readonly _tag: "CoordinatorStep"
  /** Null where it goes on by itself. */
  readonly input: CoordinatorAsked | null
  readonly outputs: ReadonlyArray<CoordinatorSaid>
}

export type CoordinatorLabel = ClusterLabel | CoordinatorStep

/** What becomes of its commit, for whoever has sent it. */
const fates: Readonly<Record<CommitFate, string>> = {
  committed: "its commit takes effect",
  refused: "its commit is refused, for group 0 has moved on",
  unheard: "its commit takes effect, and it does not hear of it",
  lost: "its commit is lost, and it does not hear of it"
}

export const describeFate = (fate: CommitFate): string => fates[fate]

export const describeAsked = (input: CoordinatorAsked): string => {
  switch (input._tag) {
    case "Said":
      return `group 0 says at position ${input.at}: ${describeMetadata(input.metadata)}`
    case "CommitAnswered":
      return describeFate(input.fate)
    case "CommandAnswered":
      return `${input.node} ${input.reason === null ? "does" : "fails"} barrier ${input.index}${because(input.reason)}`
    case "TriggerAnswered":
      return `${input.node} ${input.reason === null ? "has done" : "fails"} its ${input.operation} of ${input.tablet}${because(input.reason)}`
    case "ConnectionBroke":
      return `the connection to ${input.node} breaks`
  }
}

const because = (reason: Reason | null): string => (reason === null ? "" : `: ${reason}`)

export const describeSaid = (output: CoordinatorSaid): string => {
  switch (output._tag) {
    case "Commit":
      return `it commits behind position ${output.seen}: ${describeMetadata(output.metadata)}`
    case "BarrierBegan": {
      const { index, command, version, targets, tablets } = output
      const whom = tablets.length === 0 ? "" : `, for ${listed(tablets)}`
      const how = command === "barrier" ? ", without a drain" : ""
      return `it asks ${listed(targets)} for barrier ${index} at version ${version}${whom}${how}`
    }
    case "BarrierEnded":
      return `barrier ${output.index} has ${output.ok ? "succeeded" : "failed"}`
    case "Trigger":
      return `it tells ${output.node} to ${verbs[output.operation]} ${output.tablet}${output.session === null ? "" : ` under ${output.session}`}`
  }
}

const verbs: Readonly<Record<Operation, string>> = {
  stream: "stream",
  cleanup: "clean up",
  repair: "repair",
  restore: "restore"
}

const describeMetadata = ({ version, fence, session, ignored, tablets }: Metadata): string => {
  const told = tablets.map(({ tablet, transition, replicas }) => {
    const places = (all: typeof replicas) => listed(all.map(({ node, shard }) => `${node}.${shard}`))
    if (transition === null) return `${tablet} is on ${places(replicas)}`
    const under = transition.session === null ? "without a session" : `under ${transition.session}`
    return `${tablet} is on ${places(replicas)}, in ${transition.stage} to ${places(transition.next)} ${under}`
  })
  const dead = ignored.length === 0 ? [] : [`${listed(ignored)} ignored`]
  const topology = session === null ? [] : [`topology session ${session}`]
  return [...told, ...topology, ...dead, `version ${version}`, `fence ${fence}`].join("; ")
}
