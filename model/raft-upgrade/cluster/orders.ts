/** What an operator does with a cluster, one order after the other, and what befalls it meanwhile. Source: dossier 2.10, 3. */
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import type { UpgradeState } from "../../../spec/raft-upgrade/states.ts"

export type Order =
  /** R2, R5, R7: something on one node's disk is changed by hand. Running code does not notice. */
  | { readonly does: "edits"; readonly on: string; readonly edit: Edit }
  /** R3, R8: the node is stopped, and begins again by itself. */
  | { readonly does: "restarts"; readonly on: string }
  /** R3, R9: he goes on only once the node is up, and says that it is in this state if he looks at that. */
  | { readonly does: "confirms"; readonly on: string; readonly state: UpgradeState | null }
  /** R1: he makes sure that a node that is down is dead. */
  | { readonly does: "gives up"; readonly on: string }
  /** R4: removenode. */
  | { readonly does: "removes"; readonly on: string; readonly by: string }
  /** Decommission: the node leaves by itself. */
  | { readonly does: "decommissions"; readonly on: string }
  /** He goes on once what he asked of the node is done. */
  | { readonly does: "waits for"; readonly on: string }
  /** He goes on once the other is off the node's ring, and asks for it again where that came to nothing. */
  | { readonly does: "makes sure"; readonly on: string; readonly by: string }
  /** He stops a node for good. */
  | { readonly does: "stops"; readonly on: string }
  /** Nobody's order: the node dies, and all know. */
  | { readonly does: "loses"; readonly on: string }

/** An order in words. */
export const inWords = (order: Order): string => {
  const { does, on } = order
  switch (does) {
    case "edits":
      return `${order.edit._tag} on ${on}`
    case "confirms":
      return `sees ${on} ${order.state === null ? "up" : `in ${order.state}`}`
    case "removes":
      return `${order.by} removes ${on}`
    case "makes sure":
      return `makes sure that ${order.by} has removed ${on}`
    default:
      return `${does} ${on}`
  }
}
