/** Our own implementation in every role and way that the kit can reach it. */
import type { DcpAdapter } from "../kit/dcp/dcp-roles.ts"
import { consumerAdapter } from "./dcp-consumer.ts"
import { pairAdapter } from "./dcp-pair.ts"
import { producerAdapter } from "./dcp-producer.ts"
import { ourWireAdapter } from "./dcp-wire/our-wire.ts"

/** Fresh adapters for all of it. */
export const ourAdapters = (): ReadonlyArray<DcpAdapter> => [
  consumerAdapter(),
  producerAdapter(),
  pairAdapter(),
  ourWireAdapter()
]

/** Ours in a role and a way, as a replay token names them. */
export const ourAdapter = (role: string, way: string): DcpAdapter | undefined =>
  ourAdapters().find((adapter) => adapter.role === role && adapter.way === way)
