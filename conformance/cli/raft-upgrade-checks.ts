/** Our implementations of the way to group 0, each in its role, and those that have a known bug. */
import { Schema } from "effect"
import { type BoundsName, boundsNames, oneBounds } from "../../model/raft-upgrade/discovery/one/bounds.ts"
import { type DesignName, designNames, oneDesigns } from "../../model/raft-upgrade/discovery/one/design.ts"
import { nodeLaws } from "../../model/raft-upgrade/node/laws.ts"
import {
  type BoundsName as NodeBoundsName,
  nodeBounds,
  boundsNames as nodeBoundsNames
} from "../../model/raft-upgrade/node/surroundings.ts"
import { discoveryRoleLaws } from "../../spec/raft-upgrade/discovery/laws.ts"
import { discoveryAdapter, shippedDiscoveryAdapter } from "../adapters/raft-upgrade-discovery.ts"
import { nodeAdapter, shippedNodeAdapter } from "../adapters/raft-upgrade-node.ts"
import { discoveryGraph } from "../kit/raft-upgrade/discovery-ground.ts"
import { type DiscoveryAdapter, discoveryPart } from "../kit/raft-upgrade/discovery-part.ts"
import { nodeGraph } from "../kit/raft-upgrade/node-ground.ts"
import { type NodeAdapter, nodePart } from "../kit/raft-upgrade/node-part.ts"
import { known } from "./known-failure.ts"
import { lockstepCheck } from "./lockstep-check.ts"
import type { RoleCheck } from "./role-check.ts"

/** A setting comes from outside with a replay, and may be anything. */
const Setting = Schema.Struct({ design: Schema.Literals(designNames), bounds: Schema.Literals(boundsNames) })

/** The role of a node that looks for the group played by one adapter, beside one design. */
export const discoveryCheck = (
  adapter: DiscoveryAdapter,
  environment: string,
  setting: { readonly design: DesignName; readonly bounds: BoundsName },
  runs: number
): RoleCheck =>
  lockstepCheck({
    part: discoveryPart,
    adapter,
    environment,
    setting,
    decode: Schema.decodeUnknownSync(Setting),
    ground: ({ design, bounds }) => discoveryGraph(oneDesigns[design], oneBounds[bounds]),
    laws: discoveryRoleLaws,
    runs
  })

const NodeSetting = Schema.Struct({ bounds: Schema.Literals(nodeBoundsNames) })

/** The role of a node on its way played by one adapter, in a world of this size. */
export const nodeCheck = (adapter: NodeAdapter, environment: string, bounds: NodeBoundsName, runs: number): RoleCheck =>
  lockstepCheck({
    part: nodePart,
    adapter,
    environment,
    setting: { bounds },
    decode: Schema.decodeUnknownSync(NodeSetting),
    ground: (setting) => nodeGraph(nodeBounds[setting.bounds]),
    laws: nodeLaws,
    runs,
    maxCommands: 100
  })

/** Ours stores nothing before it has to, and tells what it knows by then; what ships does so too. */
export const raftUpgradeChecks: ReadonlyArray<RoleCheck> = [
  discoveryCheck(discoveryAdapter(), "", { design: "lately", bounds: "roomy" }, 100),
  discoveryCheck(shippedDiscoveryAdapter(), "as shipped", { design: "latelyAsShipped", bounds: "roomy" }, 50),
  nodeCheck(nodeAdapter(nodeBounds.roomy), "", "roomy", 60)
]

/** What ships ends itself when somebody says that another is a server that it was not before (M49), and tells of a group before it has stored it (M4). */
export const raftUpgradeKnownBugs: ReadonlyArray<RoleCheck> = [
  known(
    discoveryCheck(
      shippedDiscoveryAdapter(),
      "as shipped, not as repaired",
      { design: "lately", bounds: "boundedTwice" },
      50
    )
  ),
  known(nodeCheck(shippedNodeAdapter(nodeBounds.pair), "as shipped, not as repaired", "pair", 60))
]
