/** Failovers: the next term's coordinator begins, and the one before it goes on until it notices. */
import type { Term } from "../../spec/metadata.ts"
import { type Cell, type View, type Write, write } from "../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../kernel/system.ts"

/** What a protocol's elections are made of: one coordinator for each term, null until it is elected. */
export interface Elections<Coordinator, L> {
  readonly group0: Cell<unknown, "elect">
  readonly term: View<unknown, Term>
  readonly coordinators: ReadonlyArray<{
    readonly term: Term
    readonly state: Cell<Coordinator | null, Coordinator | null>
  }>
  readonly mayFailOver: Cell<number, "spend">
  begin(term: Term): Coordinator
  label(term: Term): L
}

/** One rule for each term after the first. */
export const electionRules = <Coordinator, L>(elections: Elections<Coordinator, L>): ReadonlyArray<Rule<L>> => {
  const on = rulesOf<L>()
  return elections.coordinators
    .slice(1)
    .map((next) =>
      on(
        `coordinator ${next.term} is elected`,
        { actor: "group 0", fair: "none", reads: [elections.term, elections.mayFailOver] },
        (term, left): ReadonlyArray<Firing<L>> => (left > 0 && term === next.term - 1 ? [elected(elections, next)] : [])
      )
    )
}

/** The first step of a new term. */
export const elected = <Coordinator, L>(
  { group0, mayFailOver, begin, label }: Elections<Coordinator, L>,
  { term, state }: Elections<Coordinator, L>["coordinators"][number]
): Firing<L> => {
  const writes: ReadonlyArray<Write> = [write(group0, "elect"), write(state, begin(term)), write(mayFailOver, "spend")]
  return { labels: [label(term)], writes }
}
