/** The model of DCP stream set-up: its roles, its variants, and the scopes in which they are explored. */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import type { ModelOf } from "../kernel/scope.ts"
import { scopes } from "./scopes.ts"

export type { Bounds } from "./bounds.ts"
export { consumerConnection } from "./consumer-connection.ts"
export type { ConsumerConnection } from "./consumer-state.ts"
export { pair } from "./pair.ts"
export { type ProducerConnection, producerConnection } from "./producer-connection.ts"
export { type Alphabet, consumerAlone, producerAlone } from "./roles.ts"
export { asShipped, beforeFix, reference, type Variant, varied } from "./variants.ts"

/** DCP stream set-up as the explorer and the command line see it. */
export const dcp: ModelOf<DcpLabel> = { protocol: "dcp", scopes }
