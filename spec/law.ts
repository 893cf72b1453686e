/**
 * What a law is: a numbered requirement as a value that a checker, a conformance run and a log reader can all evaluate.
 *
 * Laws speak about *labels* (what a step looks like from outside), not about states. So the same law judges a model, a
 * black box and a production log.
 */

/** What a law must remember of the past: a small automaton over labels. Laws that follow the same memory share it. */
export interface Memory<M, L> {
  readonly name: string
  readonly init: M
  /** The memory after `label`. It never fails: judging is the law's business, and a violation leaves no mark. */
  on(memory: M, label: L): M
}

interface Stated {
  /** Protocol and number, such as `DCP-S4`. Every title, report and mutant uses it. */
  readonly id: string
  readonly sentence: string
  /** Where the requirement comes from: a dossier section, or an upstream file and function. */
  readonly source: string
  /** The reading chosen where the source is ambiguous. */
  readonly reading?: string
}

/** A relation between what happened so far, a label, and the memory after it. `breaks` says why, or nothing. */
export interface HistoryLaw<L, M = unknown> extends Stated {
  readonly modality: "history"
  readonly follows: Memory<M, L>
  breaks(before: M, label: L, after: M): string | undefined
}

/** A predicate on named observables of a state, such as `partitions`. The system binds the names. */
export interface AlwaysLaw extends Stated {
  readonly modality: "always"
  readonly observes: ReadonlyArray<string>
  breaks(...observed: ReadonlyArray<unknown>): string | undefined
}

/** A relation between the observables before a label, the label, and the observables after it. */
export interface StepLaw<L> extends Stated {
  readonly modality: "step"
  readonly observes: ReadonlyArray<string>
  breaks(before: ReadonlyArray<unknown>, label: L, after: ReadonlyArray<unknown>): string | undefined
}

/** Reachability: the interesting thing does happen. A law that is vacuous is a lie. */
export interface SometimesLaw<L, M = unknown> extends Stated {
  readonly modality: "sometimes"
  readonly follows: Memory<M, L>
  happens(before: M, label: L, after: M): boolean
}

/** Liveness: what is pending does not stay pending for ever, given the assumptions named. */
export interface LeadsToLaw<L, M = unknown> extends Stated {
  readonly modality: "leadsTo"
  readonly follows: Memory<M, L>
  /** Assumption ids without which the law is not promised. */
  readonly given: ReadonlyArray<string>
  /** Who waits for what, or nothing when nobody does. */
  pending(memory: M): string | undefined
}

/** A law about labels `L`, of one of the five modalities. */
export type Law<L> = HistoryLaw<L> | AlwaysLaw | StepLaw<L> | SometimesLaw<L> | LeadsToLaw<L>

/** Something the environment is trusted to do. Each can be switched off by id to see which laws then break. */
export interface Assumption {
  readonly id: string
  readonly sentence: string
  readonly source: string
}

type Body<T> = Omit<T, "id" | "modality">

/** A law about steps in the light of the past. */
export const history = <L, M>(id: string, body: Body<HistoryLaw<L, M>>): HistoryLaw<L, M> => ({
  id,
  modality: "history",
  ...body
})

/** A law about every state's observables. */
export const always = (id: string, body: Body<AlwaysLaw>): AlwaysLaw => ({ id, modality: "always", ...body })

/** A law about two neighbouring states and the label between them. */
export const step = <L>(id: string, body: Body<StepLaw<L>>): StepLaw<L> => ({ id, modality: "step", ...body })

/** A law that something is reachable. */
export const sometimes = <L, M>(id: string, body: Body<SometimesLaw<L, M>>): SometimesLaw<L, M> => ({
  id,
  modality: "sometimes",
  ...body
})

/** A law that waiting ends. */
export const leadsTo = <L, M>(id: string, body: Body<LeadsToLaw<L, M>>): LeadsToLaw<L, M> => ({
  id,
  modality: "leadsTo",
  ...body
})

/** The memory of laws that need none. */
export const nothing: Memory<null, unknown> = { name: "nothing", init: null, on: () => null }
