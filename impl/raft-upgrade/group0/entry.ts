/** What a group's log holds. */
import { Schema } from "effect"
import { NodeId } from "../../../spec/metadata.ts"
import { OperationId } from "../../../spec/raft-upgrade/ids.ts"
import { Command, Configuration, Purpose } from "../../../spec/raft-upgrade/messages.ts"

/** A place in a group's log. Before the first there is nothing. */
export const Index = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
export type Index = typeof Index.Type

export const Entry = Schema.TaggedUnion({
  /** Who is in the group from here on. */
  Configured: { purpose: Purpose, of: NodeId, configuration: Configuration },
  Commanded: { by: NodeId, operation: OperationId, command: Command }
})
export type Entry = typeof Entry.Type

export const Numbered = Schema.Struct({ index: Index, entry: Entry })
export type Numbered = typeof Numbered.Type
