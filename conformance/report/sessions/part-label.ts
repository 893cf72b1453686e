/** What a cluster's roles are given alone, beside the words that all of a cluster shares. */
import type { SessionsLabel } from "../../../spec/sessions/sessions-label.ts"
import type { CoordinatorStep } from "../../kit/sessions/cluster/coordinator-messages.ts"
import type { NodeStep } from "../../kit/sessions/cluster/node-messages.ts"

/** What one who plays a role alone was given, by those around him that the kit plays. */
export type PartStep = CoordinatorStep | NodeStep

export type PartLabel = SessionsLabel | PartStep

export const isPartStep = (label: { readonly _tag: string }): label is PartStep =>
  label._tag === "CoordinatorStep" || label._tag === "NodeStep"
