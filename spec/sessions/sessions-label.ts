/** What a step of any system of sessions looks like from outside: of a whole cluster, or of one registry. */
import { Schema } from "effect"
import { ClusterLabel } from "./labels.ts"
import { RegistryLabel } from "./registry/labels.ts"

/** A label of a cluster or of a registry. */
export const SessionsLabel = Schema.Union([ClusterLabel, RegistryLabel])
export type SessionsLabel = typeof SessionsLabel.Type
