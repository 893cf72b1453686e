import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { Clock } from "../../runtime/clock.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { Journal } from "../journal.ts"
import type { Calls } from "../network/calls.ts"
import type { UpgradeOptions } from "../options.ts"
import type { SchemaStore } from "../schema/schema-store.ts"
import type { UpgradeStateAccess } from "../state/upgrade-state-access.ts"
import type { NodeStore } from "../storage/node-store.ts"
import type { Questions } from "./questions.ts"
import type { Rounds } from "./rounds.ts"

/** Names that nobody else has given anything. */
export interface Mint {
  group(): GroupId
  server(): ServerId
  state(): StateId
}

/** What everything that a node does on its way stands on. */
export interface Context {
  readonly self: NodeId
  readonly store: NodeStore
  readonly calls: Calls
  readonly clock: Clock
  readonly injections: Injections
  readonly tell: Journal
  readonly options: UpgradeOptions
  readonly mint: Mint
  readonly state: UpgradeStateAccess
  readonly schema: SchemaStore
  readonly questions: Questions
  /** What each step waits by that has to be tried again. */
  readonly Rounds: typeof Rounds
  /** Given when the node ends. */
  readonly signal: AbortSignal
}
