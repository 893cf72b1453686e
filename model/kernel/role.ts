/** Roles: deterministic I/O automata. Nondeterminism belongs to the environment. */
import { Effect, Exit } from "effect"

/** What one input led to. */
export interface Next<S, O> {
  readonly state: S
  readonly outputs: ReadonlyArray<O>
}

/** One step of a role: succeeds with the next state and outputs, or fails with a refusal from a closed set. Never suspends. */
export type Step<S, O, R> = Effect.Effect<Next<S, O>, R>

/** A role: an initial state and how it takes one input. */
export interface Role<S, I, O, R> {
  readonly name: string
  readonly initial: S
  readonly step: (state: S, input: I) => Step<S, O, R>
}

/** Become `state` and emit `outputs`, in order. */
export const become = <S, O>(state: S, ...outputs: ReadonlyArray<O>): Effect.Effect<Next<S, O>> =>
  Effect.succeed({ state, outputs })

/** What became of a step: a next state with outputs, or a refusal. */
export type Outcome<S, O, R> =
  | { readonly _tag: "Became"; readonly next: Next<S, O> }
  | { readonly _tag: "Refused"; readonly reason: R }

/** Read a step's outcome without starting a fiber: a step built eagerly is an Exit already. */
export const outcome = <S, O, R>(step: Step<S, O, R>): Outcome<S, O, R> => {
  if (!Exit.isExit(step)) throw new TypeError("a role's step must be eager: it may not suspend or need a service")
  const exit = step as Exit.Exit<Next<S, O>, R>
  if (Exit.isSuccess(exit)) return { _tag: "Became", next: exit.value }
  const reason = exit.cause.reasons[0]
  if (reason?._tag === "Fail") return { _tag: "Refused", reason: reason.error }
  throw reason?._tag === "Die" ? reason.defect : new Error("a role's step was interrupted")
}
