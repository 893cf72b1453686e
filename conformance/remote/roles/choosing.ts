/** Environments of law walks in which whatever is asked is one of the things that what was seen allows. */
import type { FreeEnvironment } from "../../kit/law-walk.ts"
import { same } from "../../kit/same.ts"

/** What an environment knows, and what it asks by what it knows: kinds of inputs, each as likely as any other. */
export interface Choosing<S, L, I> {
  readonly init: S
  on(known: S, label: L): S
  /** Something may always be asked: whoever is gone is asked nothing, for a walk ends with a death. */
  kinds(known: S): ReadonlyArray<ReadonlyArray<I>>
}

/** An environment that chooses a kind of input first, and then one of that kind. */
export const choosing =
  <S, L, I>({ init, on, kinds }: Choosing<S, L, I>): (() => FreeEnvironment<L, I>) =>
  () => {
    let known = init
    const open = (): ReadonlyArray<ReadonlyArray<I>> => kinds(known).filter(({ length }) => length > 0)
    return {
      next: (draw) => {
        const choice = open()
        const kind = choice[draw(choice.length)]!
        return kind[draw(kind.length)]!
      },
      isSensible: (input) => open().some((kind) => kind.some((one) => same(one, input))),
      heard: (labels) => {
        known = labels.reduce(on, known)
      }
    }
  }
