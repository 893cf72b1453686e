/** Where nodes that look for group 0 are checked: the graphs that tours and random walks go through. */
import type { OneBounds } from "../../../model/raft-upgrade/discovery/one/bounds.ts"
import type { OneDesign } from "../../../model/raft-upgrade/discovery/one/design.ts"
import { oneLooking } from "../../../model/raft-upgrade/discovery/one/one.ts"
import { discoveryRoleLaws } from "../../../spec/raft-upgrade/discovery/laws.ts"
import { graphFor } from "../stage.ts"
import { discoveryPart } from "./discovery-part.ts"

/** The graph of one node that looks, prepared for whoever plays it. */
export const discoveryGraph = (design: OneDesign, bounds: OneBounds) =>
  graphFor(oneLooking(design, bounds, discoveryRoleLaws), discoveryPart)

/** The same for a tour: what laws remember of a disk that was told of would keep one state apart from itself. */
export const discoveryTourGraph = (design: OneDesign, bounds: OneBounds) =>
  graphFor(oneLooking(design, bounds, []), discoveryPart)
