/**
 * One shard's session registry: which sessions there are, who is inside, and who waits for them to leave.
 *
 * Source: service/session.cc session_manager; dossier `sessions.md` 1.3, 2.3 and 2.4. The step is a pure function of the
 * registry, so a node with several shards holds one registry for each.
 */
import { Effect } from "effect"
import { defaultSession, type GuardId, nullSession, type SessionId } from "../../../spec/sessions/ids.ts"
import type { Refusal, RegistryInput, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { become, type Role } from "../../kernel/role.ts"
import { drain, settled } from "./drains.ts"
import { check, copy, done, move, release, subscribe } from "./guards.ts"
import { counted, fresh, holding, type Registry, type RegistryStep, register, sessionOf, withSession } from "./state.ts"
import type { RegistryVariant } from "./variants.ts"

/**
 * An input with what the environment decides about it.
 *
 * `order` is the order in which a close meets the sessions that it closes, an accident of a hash table. Other inputs have none.
 */
export interface Given {
  readonly input: RegistryInput
  readonly order: ReadonlyArray<SessionId>
}

/** The registry of a variant. A refusal changes nothing. */
export const sessionRegistry = (variant: RegistryVariant): Role<Registry, Given, RegistryOutput, Refusal> => ({
  name: "session registry",
  initial: fresh,
  step: (registry, given) =>
    Effect.mapEager(answered(registry, given, variant), ({ state, outputs }) => {
      const after = settled(state, variant)
      return { state: after.state, outputs: [...outputs, ...after.outputs] }
    })
})

const answered = (registry: Registry, { input, order }: Given, variant: RegistryVariant): RegistryStep => {
  switch (input._tag) {
    case "Create":
      return create(registry, input.session, variant)
    case "Enter":
      return enter(registry, input.session, input.guard, variant)
    case "Check":
      return check(registry, input.guard, variant)
    case "Copy":
      return copy(registry, input.guard, input.copy, variant)
    case "Move":
      return move(registry, input.guard, input.to, variant)
    case "Release":
      return release(registry, input.guard, variant)
    case "Subscribe":
      return subscribe(registry, input.guard, variant)
    case "CloseAllExcept":
      return closeAll(registry, order, variant)
    case "Drain":
      return drain(registry, input.drain, variant)
  }
}

/** Register a session, open. What is registered stays as it is: a closing session is not reopened (S2, M09). */
const create = (registry: Registry, session: SessionId, variant: RegistryVariant): RegistryStep => {
  const known = sessionOf(registry, session)
  if (known === undefined) return become(register(registry, session), done)
  if (known.phase === "open" || variant.createOnClosing === "nothing") return become(registry, done)
  const reopened = withSession(registry, session, (was) => ({ ...was, phase: "open" }))
  return become({ ...reopened, closing: registry.closing.filter((other) => other !== session) }, done)
}

/**
 * Enter a session and hold a guard on it.
 * Enabled when the session is open. Rejected with SessionNotFound, GateClosed. Source: S3; session_manager::enter_session.
 */
const enter = (registry: Registry, asked: SessionId, guard: GuardId, variant: RegistryVariant): RegistryStep => {
  const session = asked === nullSession && variant.nullSession === "default" ? defaultSession : asked
  const known = sessionOf(registry, session)
  if (known === undefined && variant.enter === "createsUnknown")
    return enter(register(registry, session), session, guard, variant)
  if (known === undefined) return Effect.fail("SessionNotFound" as const)
  if (known.phase === "closing" && variant.enter !== "registered") return Effect.fail("GateClosed" as const)
  return become(holding(counted(registry, session, 1), guard, session), done)
}

/** The sessions that this input begins to close, in the order of their creation. */
export const closedBy = (
  registry: Registry,
  input: RegistryInput,
  variant: RegistryVariant
): ReadonlyArray<SessionId> => {
  if (input._tag !== "CloseAllExcept") return []
  const spared = variant.defaultSession === "spared" ? [...input.keep, defaultSession] : input.keep
  return registry.sessions
    .filter(({ session, phase }) => phase === "open" && !spared.includes(session))
    .map(({ session }) => session)
}

/**
 * Begin to close sessions, one by one in the order given; there is nothing to do for one that is closing already.
 * Effect: it goes to the front of the closing list, its subscribers are called, and only then does it refuse entry.
 */
const closeAll = (registry: Registry, order: ReadonlyArray<SessionId>, variant: RegistryVariant): RegistryStep =>
  become(
    order.reduce((now, session) => closing(now, session, variant), registry),
    ...order.flatMap((session) => calls(registry, session, variant)),
    done
  )

const closing = (registry: Registry, session: SessionId, variant: RegistryVariant): Registry => ({
  ...withSession(registry, session, (was) => ({
    ...was,
    phase: "closing",
    guards: variant.close === "waits" ? was.guards : 0,
    subscribers: []
  })),
  closing: [session, ...registry.closing]
})

const calls = (registry: Registry, session: SessionId, variant: RegistryVariant): ReadonlyArray<RegistryOutput> =>
  variant.abort === "never"
    ? []
    : (sessionOf(registry, session)?.subscribers ?? []).map((guard) => ({
        _tag: "Aborted",
        guard,
        valid: variant.abort === "beforeClose"
      }))
