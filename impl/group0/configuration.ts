import { Schema } from "effect"
import { NodeId } from "../../spec/metadata.ts"
import { ClockReading } from "../runtime/lamport-clock.ts"

const path = Schema.String.check(Schema.isNonEmpty())

/** What the process that holds group 0 is told when it starts. */
export interface Group0Configuration<Metadata> {
  readonly host: string
  readonly journal: string
  /** The file of the log. */
  readonly log: string
  /** Who may be a member, in the order in which they are preferred as leaders. */
  readonly members: ReadonlyArray<NodeId>
  /** What a new log begins with. */
  readonly first: Metadata
  /** The logical time at which the process is started. */
  readonly clock: number
}

export const group0Configuration = <Metadata>(
  metadata: Schema.Codec<Metadata, unknown>
): Schema.Codec<Group0Configuration<Metadata>, unknown> =>
  Schema.Struct({
    host: Schema.String,
    journal: path,
    log: path,
    members: Schema.Array(NodeId),
    first: metadata,
    clock: ClockReading
  })
