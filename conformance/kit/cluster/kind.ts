/** One kind of step, as commands and replays see it: choices are told by number or by text, and never looked into. */
import type { Step } from "../part.ts"

export interface KindOf<Run> {
  readonly rule: string
  /** How often a run draws it. */
  readonly weight: number
  /** What may be chosen, as plain data. */
  choices(run: Run): ReadonlyArray<unknown>
  /** Does what a choice with this text says; nothing where it is not possible. */
  take(run: Run, text: string): Promise<void> | undefined
}

/** A kind whose choices are plain data of one type. */
export const kindOf = <Run, Choice>(
  rule: string,
  weight: number,
  choices: (run: Run) => ReadonlyArray<Choice>,
  perform: (run: Run, choice: Choice) => Promise<void>
): KindOf<Run> => ({
  rule,
  weight,
  choices,
  take: (run, text) => {
    const found = choices(run).filter((choice) => JSON.stringify(choice) === text)
    return found.length === 0 ? undefined : perform(run, found[0]!)
  }
})

/** Takes a step, if it is possible where the run stands. A choice is known by its text, so a token needs nothing else. */
export const takeStep = <Run>(
  kinds: ReadonlyArray<KindOf<Run>>,
  run: Run,
  { rule, choice }: Step
): Promise<void> | undefined => {
  const kind = kinds.find((known) => known.rule === rule)
  return kind?.take(run, JSON.stringify(choice))
}
