import { SchemaStore } from "../../../../impl/raft-upgrade/schema/schema-store.ts"
import type { Disk } from "../../../../impl/raft-upgrade/storage/disk.ts"
import type { Document } from "../../../../impl/raft-upgrade/storage/document.ts"
import type { SchemaData } from "../../../../impl/raft-upgrade/storage/documents.ts"
import { NodeStore } from "../../../../impl/raft-upgrade/storage/node-store.ts"
import { type GroupId, Version } from "../../../../spec/raft-upgrade/ids.ts"
import type { Command } from "../../../../spec/raft-upgrade/messages.ts"
import { mutant } from "../mutant.ts"

const key = "group0_schema_version"

/** What a disk says of the version, and where it is written. */
interface Kept {
  version: string | undefined
  readonly disk: Disk
}

const kept = new WeakMap<Document<SchemaData>, Kept>()

class HasVersion extends NodeStore {
  static override async open(disk: Disk): Promise<NodeStore> {
    const store = await NodeStore.open(disk)
    kept.set(store.data, { version: await disk.read(key), disk })
    return store
  }
}

/** A command of group 0 gives the schema a version; nothing else changes that. */
class KeepsVersion extends SchemaStore {
  override get version(): Version {
    const version = kept.get(this.data)?.version
    return version === undefined ? super.version : Version.make(version)
  }

  override async apply(group: GroupId, command: Command): Promise<void> {
    const entry = kept.get(this.data)
    if (entry !== undefined) entry.version = `of ${command.next}`
    await entry?.disk.write(key, `of ${command.next}`)
    await super.apply(group, command)
  }
}

export const M54 = mutant(
  "M54",
  {
    sentence:
      "Changes in recovery keep the version that group 0 gave the schema, and two that differ are taken for the same.",
    origin: "scylladb commit 3db8ac80cb; dossier 5, row 54",
    breaks: ["S10"],
    seenIn: "the majority is lost, and the two that are left change their schemas apart"
  },
  { machinery: { NodeStore: HasVersion, SchemaStore: KeepsVersion } }
)
