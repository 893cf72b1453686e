/** A mutant behind a line: what is served there, and how it is looked at from the other end. */
import type { Mutant, MutantResult } from "../../cli/museum-api.ts"
import type { Line } from "../../remote/line.ts"
import type { Served } from "../../remote/serve.ts"

export type Found = Omit<MutantResult, "millis">

export interface Exhibit {
  readonly protocol: string
  readonly mutant: Mutant
  readonly served: ReadonlyArray<Served>
  /** `call` calls whoever serves it, every time anew. */
  face(call: () => Line, seed: number): Promise<Found>
}

/** An exhibit by one name: numbers are given anew in each protocol. */
export const nameOf = ({ protocol, mutant }: Exhibit): string => `${protocol} ${mutant.id}`

export const alive = (id: string): Found => ({
  id,
  verdict: "alive",
  law: null,
  by: "nothing",
  length: null,
  what: "the kit sees no difference"
})
