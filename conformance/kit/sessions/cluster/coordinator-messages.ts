/** What goes into a coordinator and comes out of it, for those who hold group 0 and the network. */
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { Command, Operation, Reason } from "../../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, Position, TabletId, Version } from "../../../../spec/sessions/metadata.ts"

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

export const describeAsked = (input: CoordinatorAsked): string => {
  switch (input._tag) {
    case "Said":
      return `group 0 says at ${input.at}: ${describeMetadata(input.metadata)}`
    case "CommitAnswered":
      return `its commit is ${input.fate}`
    case "CommandAnswered":
      return `${input.node} answers command ${input.index}: ${input.reason ?? "ok"}`
    case "TriggerAnswered":
      return `${input.node} answers to ${input.operation} ${input.tablet}: ${input.reason ?? "ok"}`
    case "ConnectionBroke":
      return `the connection to ${input.node} breaks`
  }
}

export const describeSaid = (output: CoordinatorSaid): string => {
  switch (output._tag) {
    case "Commit":
      return `commits after ${output.seen}: ${describeMetadata(output.metadata)}`
    case "BarrierBegan":
      return `begins ${output.command} ${output.index} for [${output.tablets.join(", ")}] at version ${output.version}, of [${output.targets.join(", ")}]`
    case "BarrierEnded":
      return `ends barrier ${output.index}: ${output.ok ? "ok" : "failed"}`
    case "Trigger":
      return `tells ${output.node} to ${output.operation} ${output.tablet}${output.session === null ? "" : ` under ${output.session}`}`
  }
}

const describeMetadata = ({ version, fence, session, ignored, tablets }: Metadata): string => {
  const told = tablets.map(({ tablet, transition, replicas }) => {
    const places = (all: typeof replicas) => all.map(({ node, shard }) => `${node}.${shard}`).join(" ")
    if (transition === null) return `${tablet} on ${places(replicas)}`
    return `${tablet} on ${places(replicas)} in ${transition.stage} to ${places(transition.next)}, session ${transition.session ?? "none"}`
  })
  const dead = ignored.length === 0 ? [] : [`dead ${ignored.join(" ")}`]
  const topology = session === null ? [] : [`topology session ${session}`]
  return [...told, ...topology, ...dead, `version ${version}`, `fence ${fence}`].join("; ")
}
