import type { Disk } from "../../../../impl/raft-upgrade/storage/disk.ts"
import { NodeStore } from "../../../../impl/raft-upgrade/storage/node-store.ts"
import { mutant } from "../mutant.ts"

const keys = "local"

/** What is written to the keys is on the disk once something else is written to them. */
const late = (disk: Disk): Disk => {
  let unwritten: string | undefined
  return {
    ...disk,
    write: async (name, text) => {
      const isLate = name === keys && (await disk.names()).includes(keys)
      const due = isLate ? unwritten : text
      if (isLate) unwritten = text
      if (due !== undefined) await disk.write(name, due)
    }
  }
}

class WritesLate extends NodeStore {
  static override open(disk: Disk): Promise<NodeStore> {
    return NodeStore.open(late(disk))
  }
}

export const M56 = mutant(
  "M56",
  {
    sentence: "The keys of a node's state, group and server are not on its disk when it goes by them.",
    origin: "scylladb commit c89ead55ff; dossier 5, row 56",
    breaks: ["S22", "S1"],
    seenIn: "all nodes come back in synchronize, one after another"
  },
  { machinery: { NodeStore: WritesLate } }
)
