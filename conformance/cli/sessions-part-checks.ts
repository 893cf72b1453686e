/** The parts of a cluster, each alone and in lockstep with its model: the topology coordinator and the replica node. */
import { Schema } from "effect"
import { clusterLaws } from "../../spec/sessions/laws.ts"
import { coordinatorGraph } from "../kit/sessions/cluster/coordinator-ground.ts"
import { type CoordinatorAdapter, coordinatorPart } from "../kit/sessions/cluster/coordinator-part.ts"
import { nodeGraph } from "../kit/sessions/cluster/node-ground.ts"
import { type NodeAdapter, nodePart } from "../kit/sessions/cluster/node-part.ts"
import { lockstepCheck } from "./lockstep-check.ts"
import type { RoleCheck } from "./role-check.ts"

const CoordinatorSetting = Schema.Struct({ forgets: Schema.Literals(["withTheCommit", "beforeTheCommit"]) })

/** Ours forgets what it did for a transition before the commit that ends it. */
export const coordinatorCheck = (adapter: CoordinatorAdapter, runs: number): RoleCheck =>
  lockstepCheck({
    part: coordinatorPart,
    adapter,
    setting: { forgets: "beforeTheCommit" },
    decode: Schema.decodeUnknownSync(CoordinatorSetting),
    ground: coordinatorGraph,
    laws: clusterLaws,
    runs,
    maxCommands: 120
  })

export const replicaNodeCheck = (adapter: NodeAdapter, runs: number): RoleCheck =>
  lockstepCheck({
    part: nodePart,
    adapter,
    setting: {},
    decode: Schema.decodeUnknownSync(Schema.Struct({})),
    ground: nodeGraph,
    laws: clusterLaws,
    runs,
    maxCommands: 100
  })
