import { createHash } from "node:crypto"
import type { NodeId } from "../../../spec/metadata.ts"
import { type GroupId, type StateId, Version } from "../../../spec/raft-upgrade/ids.ts"
import type { SchemaCause } from "../../../spec/raft-upgrade/labels.ts"
import type { Command, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import type { Journal } from "../journal.ts"
import type { Document } from "../storage/document.ts"
import type { SchemaData } from "../storage/documents.ts"

const shownDigits = 12

/** What a schema is known by: a digest of all changes in it. Source: db/schema_tables.cc calculate_schema_digest. */
export const versionOf = (schema: SchemaSet): Version =>
  Version.make(createHash("sha256").update(JSON.stringify(schema)).digest("hex").slice(0, shownDigits))

const union = (schema: SchemaSet, more: SchemaSet): SchemaSet =>
  more.every((one) => schema.includes(one)) ? schema : [...new Set([...schema, ...more])].sort()

/** A node's schema, and the last command of group 0 that changed it. */
export class SchemaStore {
  protected readonly self: NodeId
  protected readonly data: Document<SchemaData>
  protected readonly tell: Journal
  /** Commands that were effective here since this node began. */
  protected readonly effective = new Set<StateId>()

  constructor(self: NodeId, data: Document<SchemaData>, tell: Journal) {
    this.self = self
    this.data = data
    this.tell = tell
  }

  get schema(): SchemaSet {
    return this.data.value.schema
  }

  get version(): Version {
    return versionOf(this.schema)
  }

  get history(): StateId | null {
    return this.data.value.history
  }

  /** Merges what was changed elsewhere, or here. */
  async merge(by: SchemaCause, more: SchemaSet): Promise<void> {
    await this.#change(by, (data) => {
      const schema = union(data.schema, more)
      return schema === data.schema ? data : { ...data, schema }
    })
  }

  /**
   * Applies a command of group 0: it changes nothing where this node has not come to what the command goes by.
   *
   * A node that fell behind the write, and before its log was marked, finds the command done, and tells nothing anew.
   */
  async apply(group: GroupId, { previous, next, mutation }: Command): Promise<void> {
    if (this.history === next) return
    const effective = this.history === previous
    const before = this.schema
    if (effective) await this.data.update(({ schema }) => ({ schema: union(schema, [mutation]), history: next }))
    if (effective) this.effective.add(next)
    this.tell({ _tag: "CommandApplied", node: this.self, group, next, effective })
    if (this.schema !== before) this.#tellSchema("command")
  }

  /** Whether a command has changed this node, since it began or last of all. */
  hasApplied(next: StateId): boolean {
    return this.effective.has(next) || this.history === next
  }

  /** Takes over another member's state. */
  async load(group: GroupId, schema: SchemaSet, history: StateId | null): Promise<void> {
    const before = this.schema
    await this.data.update((data) => ({ schema: union(data.schema, schema), history }))
    this.tell({ _tag: "SnapshotLoaded", node: this.self, group, history })
    if (this.schema !== before) this.#tellSchema("snapshot")
  }

  async #change(by: SchemaCause, change: (data: SchemaData) => SchemaData): Promise<void> {
    let isChanged = false
    await this.data.update((data) => {
      const next = change(data)
      isChanged = next !== data
      return next
    })
    if (isChanged) this.#tellSchema(by)
  }

  #tellSchema(by: SchemaCause): void {
    this.tell({ _tag: "SchemaIs", node: this.self, by, schema: this.schema, version: this.version })
  }
}
