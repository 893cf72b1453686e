/** What a cluster node is built from, and what it offers once it runs: the border between the node and its surroundings. */
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { ControlAnswer, NodeCommand } from "../control.ts"
import type { Group0 } from "../group0/group0.ts"
import type { Journal } from "../journal.ts"
import type { Network } from "../network/network.ts"
import type { Store } from "../storage/store.ts"

/** Everything that a node does not do itself. The node closes none of it. */
export interface NodeParts {
  readonly self: NodeId
  readonly shards: number
  readonly group0: Group0
  readonly network: Network
  readonly store: Store
  /**
   * Takes what the node tells of itself. Others tell the rest: group 0 tells `Committed`, `CommitRefused` and `Elected`, the
   * network `ConnectionBroke`, and whoever starts and kills nodes `Restarted` and `Stopped`.
   */
  readonly journal: Journal
  readonly injections: Injections
}

/** A node that runs. */
export interface RunningNode {
  /** Resolves with an answer, `Failed` where it could not be done; a rejection is a defect. */
  control(command: NodeCommand): Promise<ControlAnswer>
  /** Stops in good order: resolves when no fiber of the node's runs any more. */
  stop(): Promise<void>
}

/** Resolves once the node serves requests; it need not have applied anything of group 0 yet. */
export type StartNode = (parts: NodeParts) => Promise<RunningNode>
