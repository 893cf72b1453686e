/** Shortest stories of one protocol, as they are pinned and as the command line tells them. */
import { renderCounterexample } from "../../conformance/report/counterexample.ts"
import type { Label } from "../../conformance/report/story.ts"
import type { LawResult } from "../../model/explorer/exploration.ts"
import { explore } from "../../model/explorer/explore.ts"
import { asPinned, type Scope } from "../../model/kernel/scope.ts"
import type { Law } from "../../spec/law.ts"

export type Shortest<L> = Required<Pick<LawResult<L>, "story" | "length" | "why">> & Pick<LawResult<L>, "lasso">

/** Whose stories are told. `prefix` stands before the number in the ids of its laws. */
export interface Told<L extends Label> {
  readonly protocol: string
  readonly prefix: string
  readonly laws: ReadonlyArray<Law<L>>
  readonly scopes: ReadonlyArray<Scope<L>>
}

export const storiesOf = <L extends Label>({ protocol, prefix, laws, scopes }: Told<L>) => {
  /**
   * The shortest story in which a law breaks in a scope. Throws where none does, or where it is not as long as is pinned.
   *
   * The other laws are left out: they remember more, so that there is more to be walked, and this one is found in the same steps.
   */
  const shortest = (name: string, number: string): Shortest<L> => {
    const id = `${prefix}-${number}`
    const scope = scopes.find((one) => one.name === name)
    if (scope === undefined) throw new TypeError(`${protocol} has no scope ${name}`)
    const system = scope.system(asPinned)
    const only = system.laws.filter((law) => law.id === id)
    const isSafety = only.every(({ modality }) => modality === "history")
    const found = explore({ ...system, laws: only }, isSafety ? { stopWhenAllOf: [id] } : {}).laws[0]
    const pinned = scope.mustFail.find(({ law }) => law === id)?.length
    if (found?.story === undefined || found.length === undefined || found.why === undefined)
      throw new TypeError(`${number} does not break in ${name}`)
    if (found.length !== pinned) throw new TypeError(`${number} breaks in ${name} in ${found.length}, not in ${pinned}`)
    const { story, length, why, lasso } = found
    return { story, length, why, ...(lasso === undefined ? {} : { lasso }) }
  }

  /** The same in text. */
  const storyText = (scope: string, number: string): string => {
    const law = laws.find(({ id }) => id === `${prefix}-${number}`)
    if (law === undefined) throw new TypeError(`${protocol} has no law ${number}`)
    const { story, why, lasso } = shortest(scope, number)
    const stops = lasso === undefined ? ({ _tag: "Stops" } as const) : ({ _tag: "Loops", from: lasso } as const)
    const forever = law.modality === "leadsTo" ? stops : undefined
    const replay = `${protocol}/${scope}/${law.id}`
    const where = `${protocol}, ${scope}`
    return renderCounterexample({ law, where, story, length: story.length, why, forever, replay })
  }

  return { shortest, storyText }
}
