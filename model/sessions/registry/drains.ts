/** Draining: waiting for closing sessions, one after another, and forgetting them. Source: service/session.cc drain_closing_sessions. */
import type { DrainId, SessionId } from "../../../spec/sessions/ids.ts"
import type { RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { become, type Next } from "../../kernel/role.ts"
import { done } from "./guards.ts"
import { type Registry, type RegistryStep, sessionOf } from "./state.ts"
import type { RegistryVariant } from "./variants.ts"

/** Begin to drain, or queue behind the drain that is going on (M08). The call comes back at once. */
export const drain = (registry: Registry, drain: DrainId, variant: RegistryVariant): RegistryStep => {
  if (variant.secondDrain === "returns" && registry.drains.length > 0)
    return become(registry, done, { _tag: "Drained", drain })
  return become({ ...registry, drains: [...registry.drains, { drain, list: null }] }, done)
}

/**
 * Let drains go on as far as they can.
 *
 * The first takes its list if it has none, and forgets session by session in the order of the list, so that one which is
 * still held keeps drained ones behind it registered. Then the next has its turn.
 */
export const settled = (registry: Registry, variant: RegistryVariant): Next<Registry, RegistryOutput> => {
  const outputs: Array<RegistryOutput> = []
  let now = registry
  for (let [first] = now.drains; first !== undefined; [first] = now.drains) {
    const { registry: after, left } = worked(now, first.list ?? listFor(now, variant), variant)
    const [, ...others] = after.drains
    if (left.length > 0) return { state: { ...after, drains: [{ ...first, list: left }, ...others] }, outputs }
    now = { ...after, drains: others, closing: variant.drainTakes === "all" ? after.closing : [] }
    outputs.push({ _tag: "Drained", drain: first.drain })
  }
  return { state: now, outputs }
}

const listFor = (registry: Registry, variant: RegistryVariant): ReadonlyArray<SessionId> => {
  if (variant.drainWaits !== "openToo") return registry.closing
  const open = registry.sessions.filter(({ phase }) => phase === "open").map(({ session }) => session)
  return [...registry.closing, ...open]
}

interface Worked {
  readonly registry: Registry
  readonly left: ReadonlyArray<SessionId>
}

/** Forget sessions of a list up to the first that is still held. */
const worked = (registry: Registry, list: ReadonlyArray<SessionId>, variant: RegistryVariant): Worked => {
  const held = list.findIndex((session) => (sessionOf(registry, session)?.guards ?? 0) > 0)
  const upTo = held < 0 || variant.drainWaits === "nothing" ? list.length : held
  return { registry: list.slice(0, upTo).reduce(forgotten(variant), registry), left: list.slice(upTo) }
}

const forgotten =
  (variant: RegistryVariant) =>
  (registry: Registry, session: SessionId): Registry => {
    if (sessionOf(registry, session)?.phase !== "closing") return registry
    const closing = registry.closing.filter((other) => other !== session)
    if (variant.drained === "kept") return { ...registry, closing }
    return { ...registry, closing, sessions: registry.sessions.filter((other) => other.session !== session) }
  }
