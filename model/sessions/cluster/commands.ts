/** What a node makes of a command of a coordinator. Source: dossier sessions 2.5; service/storage_service.cc raft_topology_cmd_handler. */
import { DrainId } from "../../../spec/sessions/ids.ts"
import type { Reason } from "../../../spec/sessions/messages.ts"
import type { Term, Version } from "../../../spec/sessions/metadata.ts"
import type { Handling, Node } from "./node-state.ts"
import type { Variant } from "./variant.ts"

/** The drain that a command asks of every shard. */
export const drainOf = ({ term, index }: Handling): DrainId => DrainId.make(`${term}.${index}`)

/** The node with one of its commands as it is from now on. A command may come twice, so it is this one and no copy of it. */
export const withCommand = (state: Node, was: Handling, is: Handling): Node => ({
  ...state,
  commands: state.commands.map((other) => (other === was ? is : other))
})

export const withoutCommand = (state: Node, was: Handling): Node => ({
  ...state,
  commands: state.commands.filter((other) => other !== was)
})

/**
 * Why a command is refused once its read barrier is over, or null.
 *
 * The index is compared after the read barrier, so that of two that overlap the one that passes it last counts. `term` is
 * group 0's.
 */
export const refusalOf = (variant: Variant, { accepted }: Node, handling: Handling, term: Term): Reason | null => {
  if (variant.commandChecks !== "index" && handling.term !== term) return "TermChanged"
  const old = handling.term === accepted.term && handling.index <= accepted.index
  return variant.commandChecks !== "term" && old ? "OldCommand" : null
}

/** What a shard must be rid of before a command's drain is asked of it: versions that requests or operations hold. */
export const holdsOld = (
  variant: Variant,
  version: Version,
  pins: ReadonlyArray<Version>,
  { running }: Node,
  ofFirstShard: boolean
): boolean =>
  variant.waitsFor !== "sessions" &&
  (pins.some((pin) => pin < version) || (ofFirstShard && running.some(({ pin }) => pin !== null && pin < version)))
