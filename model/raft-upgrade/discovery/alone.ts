/**
 * Discovery alone: nodes that look for the group, create it or find it, and store its name.
 *
 * Source: dossier `raft-upgrade.md` 2.5, 2.6. Who has found the group is let in at once: how it is let in is for the whole
 * cluster.
 */
import type { Law } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { System } from "../../kernel/system.ts"
import { aloneCells, listed } from "./alone-cells.ts"
import { aloneRules } from "./alone-rules.ts"
import type { DiscoveryBounds } from "./bounds.ts"
import type { DiscoveryVariant } from "./variant.ts"

/** The system of a variant within bounds, judged by the given laws. */
export const discoveryAlone = (
  variant: DiscoveryVariant,
  bounds: DiscoveryBounds,
  laws: ReadonlyArray<Law<RaftUpgradeLabel>>
): System<RaftUpgradeLabel> => {
  const cells = aloneCells(bounds)
  return {
    name: "discovery",
    cells: listed(cells),
    rules: aloneRules({ cells, variant, bounds }),
    laws,
    observables: {}
  }
}
