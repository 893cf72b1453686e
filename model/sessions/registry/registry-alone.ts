/**
 * The registry alone, under an environment that asks whatever a small alphabet can say.
 *
 * It is finite without any budget: the name of a guard or of a drain is free again once the guard is gone and the drain over.
 */
import type { Law } from "../../../spec/law.ts"
import { DrainId, defaultSession, GuardId, nullSession, SessionId } from "../../../spec/sessions/ids.ts"
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import type { RegistryInput } from "../../../spec/sessions/registry/messages.ts"
import { register, write } from "../../kernel/cell.ts"
import { outcome } from "../../kernel/role.ts"
import { type Firing, rulesOf, type System } from "../../kernel/system.ts"
import { closedBy, type Given, sessionRegistry } from "./registry.ts"
import type { Registry } from "./state.ts"
import type { RegistryVariant } from "./variants.ts"

/** What there are names for. */
export interface RegistryBounds {
  /** Sessions besides the default and the null one. */
  readonly sessions: number
  /** Guards alive at once. */
  readonly guards: number
  /** Drains that may be going on or wait at once. */
  readonly drains: number
  /** Kinds of input that this environment asks for. */
  readonly asks: ReadonlyArray<RegistryInput["_tag"]>
}

/** What an environment has in its hands: it uses no guard that it does not hold. */
export interface Hands {
  readonly guards: ReadonlyArray<GuardId>
  readonly subscribed: ReadonlyArray<GuardId>
  readonly drains: ReadonlyArray<DrainId>
}

const kinds = ["Create", "Enter", "Check", "Copy", "Move", "Release", "Subscribe", "CloseAllExcept", "Drain"] as const

/** Every kind of input there is. */
export const everything: RegistryBounds["asks"] = kinds

const on = rulesOf<RegistryLabel>()

/** The registry alone. Each kind of input is a rule of its own, so that a test can weigh them. */
export const registryAlone = (
  variant: RegistryVariant,
  bounds: RegistryBounds,
  laws: ReadonlyArray<Law<RegistryLabel>>
): System<RegistryLabel> => {
  const registry = register("session registry", sessionRegistry(variant).initial)
  return {
    name: "session registry",
    cells: [registry],
    rules: kinds
      .filter((kind) => bounds.asks.includes(kind))
      .map((kind) =>
        on(kind, { actor: "registry", fair: "none", reads: [registry] }, (now) =>
          inputsOf(kind, handsOf(now), bounds)
            .flatMap((input) => waysToTake(now, input, variant))
            .map(({ labels, next }): Firing<RegistryLabel> => ({ labels, writes: [write(registry, next)] }))
        )
      ),
    laws,
    observables: {}
  }
}

/** One way in which a registry may take an input: what is seen of it, and the registry afterwards. */
export interface Way {
  readonly labels: ReadonlyArray<RegistryLabel>
  readonly next: Registry
}

/** Every way in which a registry of a variant may take an input: as many as there are orders in which a close may go. */
export const waysToTake = (registry: Registry, input: RegistryInput, variant: RegistryVariant): ReadonlyArray<Way> => {
  const role = sessionRegistry(variant)
  const closed = closedBy(registry, input, variant)
  const orders = variant.closeMeets === "anyOrder" ? permutations(closed) : [closed]
  return orders.map((order) => {
    const given: Given = { input, order }
    const result = outcome(role.step(registry, given))
    return result._tag === "Became"
      ? { labels: [{ _tag: "RegistryStep", input, outputs: result.next.outputs }], next: result.next.state }
      : {
          labels: [{ _tag: "RegistryStep", input, outputs: [{ _tag: "Refused", reason: result.reason }] }],
          next: registry
        }
  })
}

const permutations = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.length === 0
    ? [[]]
    : all.flatMap((first, at) => permutations(all.toSpliced(at, 1)).map((rest) => [first, ...rest]))

const handsOf = (registry: Registry): Hands => ({
  guards: registry.held.map(({ guard }) => guard),
  subscribed: registry.sessions.flatMap(({ subscribers }) => subscribers),
  drains: registry.drains.map(({ drain }) => drain)
})

// ---- the alphabet -------------------------------------------------------------------------------------------------

/** All inputs of one kind that make sense for whoever has these things in hand. */
export const inputsOf = (
  kind: RegistryInput["_tag"],
  { guards, subscribed, drains }: Hands,
  bounds: RegistryBounds
): ReadonlyArray<RegistryInput> => {
  const sessions = named(bounds.sessions, "").map((name) => SessionId.make(name))
  const [free] = named(bounds.guards, "g")
    .map((name) => GuardId.make(name))
    .filter((guard) => !guards.includes(guard))
  switch (kind) {
    case "Create":
      return sessions.map((session) => ({ _tag: kind, session }))
    case "Enter":
      return free === undefined
        ? []
        : [...sessions, defaultSession, nullSession].map((session) => ({ _tag: kind, session, guard: free }))
    case "Copy":
      return free === undefined ? [] : guards.map((guard) => ({ _tag: kind, guard, copy: free }))
    case "Move":
      return free === undefined ? [] : guards.map((guard) => ({ _tag: kind, guard, to: free }))
    case "Check":
    case "Release":
      return guards.map((guard) => ({ _tag: kind, guard }))
    case "Subscribe":
      return guards.filter((guard) => !subscribed.includes(guard)).map((guard) => ({ _tag: kind, guard }))
    case "CloseAllExcept":
      return subsets(sessions).map((keep) => ({ _tag: kind, keep }))
    case "Drain":
      return named(bounds.drains, "d")
        .map((name) => DrainId.make(name))
        .filter((drain) => !drains.includes(drain))
        .slice(0, 1)
        .map((drain) => ({ _tag: kind, drain }))
  }
}

/** The names 1 to `count` behind a letter. */
const named = (count: number, letter: string): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, at) => `${letter}${at + 1}`)

const subsets = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.reduce<ReadonlyArray<ReadonlyArray<A>>>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]])
