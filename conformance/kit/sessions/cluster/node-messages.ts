/** What goes into a replica node and comes out of it, for those who hold group 0, the network and the other nodes. */

import type { SessionId } from "../../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { Command, Operation, RequestId, Row, WorkId } from "../../../../spec/sessions/messages.ts"
import type { Metadata, TabletId, Version } from "../../../../spec/sessions/metadata.ts"
import { blank } from "../../../report/sessions/chronicle.ts"
import { sentence } from "../../../report/sessions/cluster-words.ts"
import { describeRow } from "./cluster-words.ts"

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
  /** The node is gone, and another one starts on its disk. It is stopped at the same places. */
  | { readonly _tag: "Restart" }

/** What a node tells of itself. */
export type NodeTold = ClusterLabel

/** What a node is sent in one step. What it tells then are labels of its own. */
export interface NodeStep {
  readonly _tag: "NodeStep"
  readonly input: NodeAsked
}

export type NodeLabel = ClusterLabel | NodeStep

/** Who is stopped at a place. */
const stoppedAt: Readonly<Record<Place, string>> = {
  applying: "whoever applies what group 0 says",
  admitting: "whoever admits rows",
  landing: "whoever writes rows",
  serving: "whoever serves a request",
  cleaning: "whoever cleans up"
}

export const describeNodeAsked = (input: NodeAsked): string => {
  switch (input._tag) {
    case "Committed": {
      const { version, fence, tablets } = input.metadata
      const [stage, session] = [tablets[0]?.transition?.stage ?? "no stage", tablets[0]?.transition?.session ?? "none"]
      return `group 0 commits version ${version}: fence ${fence}, ${stage}, session ${session}`
    }
    case "Command":
      return `barrier ${input.index}${input.command === "barrier" ? ", without a drain" : ""} is asked for`
    case "Trigger":
      return `it is told to ${input.operation === "cleanup" ? "clean up" : input.operation} ${input.tablet}`
    case "Rows":
      return `rows of ${input.work} come in under ${input.session}: ${input.rows.map(describeRow).join(", ")}`
    case "Request": {
      const asked = input.row === null ? `read ${input.key}` : `write ${describeRow(input.row)}`
      return `${input.request} comes in: ${asked}, ${input.version === 0 ? "without a version" : `of version ${input.version}`}`
    }
    case "Stop":
      return `${stoppedAt[input.place]} will stop there`
    case "GoOn":
      return `${stoppedAt[input.place]} goes on`
    case "Restart":
      return "it is restarted"
  }
}

/** What it tells, as stories do that know nothing of what was before. */
export const describeNodeTold = (label: NodeTold): string => sentence(label, blank)
