/** Systems of a mutant, however they come about: built here, or learned from whoever simulates them. */
import type { System } from "../../model/kernel/system.ts"
import type { Law } from "../../spec/law.ts"

/** A system before any laws: what it remembers is theirs. */
export type Judgeable<L> = (laws: ReadonlyArray<Law<L>>) => System<L>

/** The system within some bounds. */
export type Built<Bounds, L> = (bounds: Bounds) => Judgeable<L> | Promise<Judgeable<L>>
