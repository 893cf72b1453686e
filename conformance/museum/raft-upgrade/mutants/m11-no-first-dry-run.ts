import { type Known, Ring } from "../../../../impl/raft-upgrade/node/ring.ts"
import { UpgradeFiber } from "../../../../impl/raft-upgrade/upgrade/upgrade-fiber.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"
import { SeesNoGroup } from "./m32-removed-before-known.ts"

class SetsOutAtOnce extends UpgradeFiber {
  protected override dryRun(
    step: "dryRunOnPeers" | "dryRunOnMembers",
    nodes: () => ReadonlyArray<NodeId>
  ): Promise<void> {
    return step === "dryRunOnPeers" ? Promise.resolve() : super.dryRun(step, nodes)
  }
}

class SeesFeatureEarly extends Ring {
  protected override doAllKnow(known: ReadonlyArray<Known>): boolean {
    return known.length === this.peers.length
  }
}

export const M11a = mutant(
  "M11a",
  {
    sentence: "A node looks for the group although not all of its peers have answered it.",
    origin: "scylladb commit 08842444b4, issue 11225; dossier 5, row 11",
    breaks: ["V1", "V9"],
    seenIn: "one is lost before the others set out, and is taken off the ring",
    lawful:
      "once anybody looks for the group nobody can be taken off the ring before there is one: where the reference goes on after a removal, the recipe is left"
  },
  { machinery: { UpgradeFiber: SetsOutAtOnce } }
)

export const M11b = mutant(
  "M11b",
  {
    sentence: "The same, where whoever is in no group takes others off the ring at once.",
    origin: "scylladb commit 08842444b4, issue 11225; dossier 5, row 11",
    breaks: ["V9", "V7"],
    seenIn: "one is lost before the others set out, and is taken off the ring",
    beside: { machinery: { Operator: SeesNoGroup } }
  },
  { machinery: { UpgradeFiber: SetsOutAtOnce } }
)

export const M11c = mutant(
  "M11c",
  {
    sentence:
      "A node sees the feature, and looks for the group at once, although one of its peers does not know of group 0.",
    origin: "scylladb commit 08842444b4, issue 11225; dossier 5, row 11",
    breaks: ["V9"],
    seenIn: "one of three is never started with group 0"
  },
  { machinery: { UpgradeFiber: SetsOutAtOnce, Ring: SeesFeatureEarly } }
)
