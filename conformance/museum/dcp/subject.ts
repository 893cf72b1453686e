/** What the battery examines: an implementation of every part of DCP stream set-up, or some of them. */

import type { ConsumerConnection } from "../../../impl/dcp/consumer-connection.ts"
import type { HeaderReader } from "../../../impl/dcp/mcbp/index.ts"
import type { ProducerConnection } from "../../../impl/dcp/producer-connection.ts"
import type { ReplicationManager } from "../../../impl/dcp/replication-manager.ts"
import type { Replicator } from "../../../impl/dcp/replicator.ts"
import type { Loss } from "../../../model/dcp/bounds.ts"

/** The parts that are not as the reference has them. An examination of other parts has nothing to find. */
export interface Subject {
  readonly consumer?: typeof ConsumerConnection
  readonly producer?: typeof ProducerConnection
  readonly replicator?: typeof Replicator
  readonly manager?: typeof ReplicationManager
  readonly reader?: HeaderReader
  /** How the kv consumer loses answers. */
  readonly kv?: ReadonlyArray<Loss>
}
