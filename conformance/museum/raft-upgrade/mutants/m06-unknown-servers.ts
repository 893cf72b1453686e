import { Discovery } from "../../../../impl/raft-upgrade/discovery/discovery.ts"
import { mutant } from "../mutant.ts"

class TakesUnknownForGreater extends Discovery {
  protected override leads(): boolean {
    return (
      this.responded.size === this.known.size &&
      [...this.known.values()].every((server) => server === null || server > this.self.server)
    )
  }
}

class LeavesOutUnknown extends Discovery {
  protected override leads(): boolean {
    return [...this.known].every(
      ([node, server]) => server === null || (this.responded.has(node) && server > this.self.server)
    )
  }
}

export const M06a = mutant(
  "M06a",
  {
    sentence: "A server that is not known does not keep a node from creating the group.",
    origin: "synthetic: scylladb service/raft/discovery.cc maybe_become_leader; dossier 5, row 6",
    breaks: ["S4", "S1"],
    same: "whoever has answered has told its server, and nobody leads before all have answered"
  },
  { machinery: { Discovery: TakesUnknownForGreater } }
)

export const M06b = mutant(
  "M06b",
  {
    sentence: "A node whose server is not known is not waited for.",
    origin: "synthetic: scylladb service/raft/discovery.cc maybe_become_leader; dossier 5, row 6",
    breaks: ["S4", "S1", "V1"],
    seenIn: "three nodes, and a change by each"
  },
  { machinery: { Discovery: LeavesOutUnknown } }
)
