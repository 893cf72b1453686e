/** What a museum of mutants is to the command line: one for each protocol, whoever wrote it. */

/** One change to an implementation or a model that must not go unnoticed. */
export interface Mutant {
  /** Such as `M01`, unique within its protocol. */
  readonly id: string
  /** The change, in one sentence. */
  readonly sentence: string
  /** Where it was taken from: a dossier section, an upstream commit, or `plausible`. */
  readonly origin: string
  /** Laws that it breaks, the one that it is there for first. */
  readonly breaks: ReadonlyArray<string>
}

export interface MutantResult {
  readonly id: string
  readonly verdict: "killed" | "equivalent" | "alive"
  /** The law in which the run ended; null where it ended in a divergence, or in nothing. */
  readonly law: string | null
  /** What found it, such as a scope or a role's walks. */
  readonly by: string
  /** Steps of the shortest story; null where there is none. */
  readonly length: number | null
  readonly millis: number
  /** What was seen, or why nothing is to be seen. */
  readonly what: string
  /** What the battery in process makes of the same mutant, for one that is behind an adapter. */
  readonly inProcess?: Pick<MutantResult, "verdict" | "law">
}

export interface Museum {
  readonly protocol: string
  readonly mutants: ReadonlyArray<Mutant>
  /** Runs the common battery against one mutant. Same seed, same result but for the time. */
  run(id: string, options: { readonly seed: number }): Promise<MutantResult>
}
