import type { NodeId } from "../../../spec/metadata.ts"
import type { Clock } from "../../runtime/clock.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { Journal } from "../journal.ts"
import type { Network } from "../network/network.ts"
import type { UpgradeOptions } from "../options.ts"
import type { NodeStore } from "../storage/node-store.ts"
import type { Mint } from "../upgrade/context.ts"

/** What a node is made of. */
export interface NodeParts {
  readonly self: NodeId
  readonly store: NodeStore
  readonly network: Network
  readonly clock: Clock
  /** How long answers are waited for, unless `clock` says that too: a machine does not hurry because rests are short. */
  readonly callClock?: Clock
  readonly injections: Injections
  readonly tell: Journal
  readonly options: UpgradeOptions
  readonly mint: Mint
  /** Whether this node was started with group 0 switched on. */
  readonly supports: boolean
  /** Whom a new node asks first. The first of a cluster asks nobody. */
  readonly contacts: ReadonlyArray<NodeId>
  /** Is told of what nobody foresaw. */
  readonly failed: (error: unknown) => void
}
