import { Ring } from "../../../../impl/raft-upgrade/node/ring.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

class KeepsRows extends Ring {
  override get peers(): ReadonlyArray<NodeId> {
    const { peers, left } = this.row
    return [...peers, ...left].filter((node) => node !== this.context.self).sort()
  }
}

export const M53 = mutant(
  "M53",
  {
    sentence: "The row of a node that was taken off the ring is still there, and counts as a peer that is waited for.",
    origin: "scylladb commits 262566216b, 23f59483b6; dossier 5, row 53",
    breaks: ["V7", "V4"],
    seenIn: "one is lost before the others set out, and is taken off the ring"
  },
  { machinery: { Ring: KeepsRows } }
)
