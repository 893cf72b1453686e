import type { ShardId } from "../../../spec/metadata.ts"
import { Draft } from "../changes/draft.ts"
import { ViewBuildingCoordinator } from "../coordinator/view-building-coordinator.ts"
import type { NodeStore } from "../storage/node-store.ts"
import { ShardWorker } from "../worker/shard-worker.ts"
import type { ShardStorage } from "../worker/surroundings.ts"
import { Arrivals } from "./arrivals.ts"
import { Observer } from "./observer.ts"
import { Registrator } from "./registrator.ts"
import { StagingShard, StartedStaging } from "./staging-shard.ts"
import { TabletWork } from "./tablet-work.ts"
import { ViewReplicas } from "./view-replicas.ts"

/** What a node is built of. Whoever wants to know what one of them is there for builds a node with another in its place. */
export interface Machinery {
  readonly ShardWorker: typeof ShardWorker
  readonly Observer: typeof Observer
  readonly Registrator: typeof Registrator
  readonly StagingShard: typeof StagingShard
  readonly StartedStaging: typeof StartedStaging
  readonly ViewReplicas: typeof ViewReplicas
  readonly Arrivals: typeof Arrivals
  readonly TabletWork: typeof TabletWork
  readonly ViewBuildingCoordinator: typeof ViewBuildingCoordinator
  readonly Draft: typeof Draft
  /** What a shard reads, of all that its node has. */
  readonly storage: (store: NodeStore, shard: ShardId) => ShardStorage
}

/** Holds every law. */
export const machinery: Machinery = {
  ShardWorker,
  Observer,
  Registrator,
  StagingShard,
  StartedStaging,
  ViewReplicas,
  Arrivals,
  TabletWork,
  ViewBuildingCoordinator,
  Draft,
  storage: (store, shard) => store.shard(shard)
}
