/** What goes into a replica node and comes out of it, for those who hold group 0, the network and the other nodes. */

import type { SessionId } from "../../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { Command, Operation, RequestId, Row, WorkId } from "../../../../spec/sessions/messages.ts"
import type { Metadata, TabletId, Version } from "../../../../spec/sessions/metadata.ts"
import { describeLabel } from "./cluster-words.ts"

/** Where a node may be stopped, each with what it does not do meanwhile. */
export type Place = "applying" | "admitting" | "landing" | "serving" | "cleaning"

export type NodeAsked =
  /** Group 0 commits something, which the node applies unless it is stopped there. */
  | { readonly _tag: "Committed"; readonly metadata: Metadata }
  | { readonly _tag: "Command"; readonly index: number; readonly command: Command }
  | { readonly _tag: "Trigger"; readonly operation: Operation; readonly tablet: TabletId }
  /** The source of a fetch sends its rows. */
  | {
      readonly _tag: "Rows"
      readonly tablet: TabletId
      readonly session: SessionId
      readonly rows: ReadonlyArray<Row>
      readonly work: WorkId
    }
  | {
      readonly _tag: "Request"
      readonly request: RequestId
      readonly version: Version
      readonly tablet: TabletId
      readonly row: Row | null
      readonly key: string
    }
  | { readonly _tag: "Stop" | "GoOn"; readonly place: Place }

/** What a node tells of itself. */
export type NodeTold = ClusterLabel

export interface NodeStep {
  readonly _tag: "NodeAsked"
  readonly input: NodeAsked
}

export type NodeLabel = ClusterLabel | NodeStep

export const describeNodeAsked = (input: NodeAsked): string => {
  switch (input._tag) {
    case "Committed": {
      const [tablet] = input.metadata.tablets
      const { transition } = tablet ?? { transition: null }
      return `group 0 commits version ${input.metadata.version}, fence ${input.metadata.fence}: ${transition?.stage ?? "idle"}, session ${transition?.session ?? "none"}`
    }
    case "Command":
      return `command ${input.index}: ${input.command}`
    case "Trigger":
      return `trigger: ${input.operation} ${input.tablet}`
    case "Rows":
      return `rows of ${input.work} under ${input.session}`
    case "Request":
      return `${input.request}: ${input.row === null ? "read" : "write"} with token ${input.version}`
    case "Stop":
      return `stop ${input.place}`
    case "GoOn":
      return `go on ${input.place}`
  }
}

export const describeNodeTold = (label: NodeTold): string => describeLabel(label, []).join()
