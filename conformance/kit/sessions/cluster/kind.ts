/** One kind of step, as commands and replays see it: choices are told by number or by text, and never looked into. */
import type { ClusterRun } from "./cluster-run.ts"
import type { Deed } from "./cluster-under-test.ts"

export interface Kind {
  readonly rule: string
  /** How often a run draws it. */
  readonly weight: number
  /** What may be chosen, as plain data. */
  choices(run: ClusterRun): ReadonlyArray<unknown>
  /** Does what a choice with this text says; nothing where it is not possible. */
  take(run: ClusterRun, text: string): Promise<void> | undefined
}

/** A kind whose choices are plain data of one type. */
export const kind = <Choice>(
  rule: string,
  weight: number,
  choices: (run: ClusterRun) => ReadonlyArray<Choice>,
  perform: (run: ClusterRun, choice: Choice) => Promise<void>
): Kind => ({
  rule,
  weight,
  choices,
  take: (run, text) => {
    const found = choices(run).filter((choice) => JSON.stringify(choice) === text)
    return found.length === 0 ? undefined : perform(run, found[0]!)
  }
})

/** A kind that does something to the cluster, said by its choice. */
export const deedKind = <Choice>(
  rule: string,
  weight: number,
  choices: (run: ClusterRun) => ReadonlyArray<Choice>,
  deed: (choice: Choice, run: ClusterRun) => Deed
): Kind => kind(rule, weight, choices, (run, choice) => run.perform(deed(choice, run)))
