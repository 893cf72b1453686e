/** What can be done with a live guard. Source: service/session.hh session::guard; dossier 2.4. */
import { Effect } from "effect"
import type { GuardId } from "../../../spec/sessions/ids.ts"
import type { RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { become } from "../../kernel/role.ts"
import {
  counted,
  holding,
  lettingGo,
  type Registry,
  type RegistryStep,
  sessionOf,
  sessionUnder,
  withSession
} from "./state.ts"
import type { RegistryVariant } from "./variants.ts"

export const done: RegistryOutput = { _tag: "Done" }
const abortRequested: RegistryStep = Effect.fail("AbortRequested" as const)

/** A session that is not there any more under a guard counts as closing: only a wrong design gets there. */
const isOpen = (registry: Registry, guard: GuardId): boolean =>
  sessionOf(registry, sessionUnder(registry, guard))?.phase === "open"

/**
 * Ask whether the work may go on.
 * Enabled while the guard lives. Rejected with AbortRequested exactly when its session is closing; the guard lives on (M11).
 */
export const check = (registry: Registry, guard: GuardId, variant: RegistryVariant): RegistryStep => {
  if (isOpen(registry, guard) || variant.check === "passes") return become(registry, done)
  if (variant.failedCheck === "nothing") return abortRequested
  return become(counted(registry, sessionUnder(registry, guard), -1), { _tag: "Refused", reason: "AbortRequested" })
}

/**
 * One more guard on the same session.
 * Enabled while the guard lives, also when its session is closing: the source is inside, so nobody new gets in.
 */
export const copy = (registry: Registry, guard: GuardId, to: GuardId, variant: RegistryVariant): RegistryStep => {
  if (variant.copyInClosing === "refused" && !isOpen(registry, guard)) return Effect.fail("GateClosed" as const)
  const session = sessionUnder(registry, guard)
  const held = holding(registry, to, session)
  return become(variant.copy === "counted" ? counted(held, session, 1) : held, done)
}

/** Hand a guard over with its subscription. As many live as before (M10). */
export const move = (registry: Registry, guard: GuardId, to: GuardId, variant: RegistryVariant): RegistryStep => {
  const session = sessionUnder(registry, guard)
  const held = holding(lettingGo(registry, guard), to, session)
  const handed = withSession(held, session, (was) => ({
    ...was,
    subscribers: was.subscribers.map((other) => (other === guard ? to : other))
  }))
  return become(variant.movedFrom === "empty" ? handed : counted(handed, session, -1), done)
}

/** Destroy a guard, and its subscription with it (M15). A drain that waited for it goes on. */
export const release = (registry: Registry, guard: GuardId, variant: RegistryVariant): RegistryStep => {
  const session = sessionUnder(registry, guard)
  const left = counted(lettingGo(registry, guard), session, -1)
  if (variant.subscription === "session") return become(left, done)
  return become(
    withSession(left, session, (was) => ({ ...was, subscribers: was.subscribers.filter((other) => other !== guard) })),
    done
  )
}

/**
 * Ask to be called when the guard's session begins to close.
 * Rejected with AbortRequested when it has begun: the subscription is empty and the call will never come (M14).
 */
export const subscribe = (registry: Registry, guard: GuardId, variant: RegistryVariant): RegistryStep => {
  if (!isOpen(registry, guard)) return variant.lateSubscriber === "refused" ? abortRequested : become(registry, done)
  return become(
    withSession(registry, sessionUnder(registry, guard), (was) => ({
      ...was,
      subscribers: [...was.subscribers, guard]
    })),
    done
  )
}
