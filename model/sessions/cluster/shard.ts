/** One shard of a node: the metadata it has gone over to, its registry, and the versions that requests on it hold. */
import { type DrainId, defaultSession, type SessionId } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import {
  type Metadata,
  type NodeId,
  openSessions,
  type Position,
  type ShardId,
  type Tablet,
  tablesOf,
  type Version
} from "../../../spec/sessions/metadata.ts"
import type { Refusal, RegistryInput } from "../../../spec/sessions/registry/messages.ts"
import { outcome } from "../../kernel/role.ts"
import { closedBy, sessionRegistry } from "../registry/registry.ts"
import { fresh, type Registry } from "../registry/state.ts"
import type { Variant } from "./variant.ts"

export interface Shard {
  /** How much of group 0's log this shard has gone over to. */
  readonly at: Position
  /** False from a start until the first reload: there are no sessions yet. */
  readonly loaded: boolean
  readonly metadata: Metadata
  readonly registry: Registry
  /** Versions that requests hold, one entry for each request, in order. */
  readonly pins: ReadonlyArray<Version>
  /** Drains that are over, of which their commands have not heard. */
  readonly drained: ReadonlyArray<DrainId>
}

/** A shard becomes another, or a command has heard that its drain is over. */
export type ShardOp = Shard | { readonly heard: DrainId }

export const afterOp = (shard: Shard, op: ShardOp): Shard =>
  "heard" in op ? { ...shard, drained: shard.drained.filter((drain) => drain !== op.heard) } : op

/** What a shard is when its registry was asked something, and why the registry refused. */
export interface Asked {
  readonly shard: Shard
  readonly refused: Refusal | null
  /** Sessions that it has forgotten, for a drain was waiting for this. */
  readonly forgotten: ReadonlyArray<SessionId>
}

/** Asks the registry, in order, until it refuses. Drains that end by it are noted. */
export const asking = (variant: Variant, shard: Shard, ...inputs: ReadonlyArray<RegistryInput>): Asked => {
  const role = sessionRegistry(variant.registry)
  const answer = (next: Shard, refused: Refusal | null): Asked => {
    const kept = new Set(next.registry.sessions.map(({ session }) => session))
    const forgotten = shard.registry.sessions.flatMap(({ session }) => (kept.has(session) ? [] : [session]))
    return { shard: next, refused, forgotten }
  }
  let { registry, drained } = shard
  for (const input of inputs) {
    const order = closedBy(registry, input, variant.registry)
    const taken = outcome(role.step(registry, { input, order }))
    if (taken._tag === "Refused") return answer({ ...shard, registry, drained }, taken.reason)
    registry = taken.next.state
    const over = taken.next.outputs.flatMap((output) => (output._tag === "Drained" ? [output.drain] : []))
    drained = [...drained, ...over].sort()
  }
  return answer({ ...shard, registry, drained }, null)
}

/** What is seen of sessions that a shard forgets. */
export const forgetting = (
  node: NodeId,
  shard: ShardId,
  { forgotten }: Pick<Asked, "forgotten">
): ReadonlyArray<ClusterLabel> => forgotten.map((session) => ({ _tag: "Forgotten", node, shard, session }))

/**
 * Goes over to what group 0 says at a position: one step that nobody sees the middle of.
 *
 * Source: service/storage_service.cc commit_token_metadata_change.
 */
export const committed = (variant: Variant, shard: Shard, at: Position, metadata: Metadata): Shard => {
  const inputs = variant.sessionsFollow === "later" ? [] : changes(variant, shard, at, metadata)
  return { ...asking(variant, shard, ...inputs).shard, at, loaded: true, metadata }
}

/** What the registry is told when its shard goes over to metadata: what is not named any more closes, and what is new opens. */
const changes = (variant: Variant, shard: Shard, at: Position, metadata: Metadata): ReadonlyArray<RegistryInput> => {
  const open = openSet(variant, shard.metadata, metadata)
  const closes: RegistryInput = { _tag: "CloseAllExcept", keep: open }
  const opens = open.map((session): RegistryInput => ({ _tag: "Create", session }))
  if (at > shard.at + 1 && variant.recompute !== "always") return variant.recompute === "notAfterSkipping" ? [] : opens
  if (!shard.loaded && variant.afterRestart !== "recreated")
    return variant.afterRestart === "missing" ? [] : [...opens, { _tag: "CloseAllExcept", keep: [] }]
  return [closes, ...opens]
}

const openSet = ({ openSet: which }: Variant, before: Metadata, metadata: Metadata): ReadonlyArray<SessionId> => {
  switch (which) {
    case "all":
      return openSessions(metadata)
    case "tabletsOnly":
      return openSessions({ ...metadata, session: null })
    case "soleTables":
      return openSessions({ ...metadata, tablets: metadata.tablets.filter((tablet) => tablesOf(tablet).length === 1) })
    case "changedTablets": {
      const isOld = (tablet: Tablet) => before.tablets.some((old) => JSON.stringify(old) === JSON.stringify(tablet))
      return openSessions({ ...metadata, tablets: metadata.tablets.filter((tablet) => !isOld(tablet)) })
    }
    case "leftBehindToo":
      return [...new Set([...openSessions(metadata), ...metadata.tablets.flatMap(({ repaired = [] }) => repaired)])]
  }
}

/** A shard that has gone over to metadata and not to its sessions catches up. */
export const caughtUp = (variant: Variant, shard: Shard): Shard =>
  asking(variant, shard, ...changes(variant, shard, shard.at, shard.metadata)).shard

/** A shard of a node that has just started: what it had on disk, and an empty registry until the first reload. */
export const restarted = (shard: Shard): Shard => ({ ...shard, loaded: false, registry: fresh, pins: [], drained: [] })

/** The sessions that a shard admits work of, the default one left out. */
export const openOn = ({ registry }: Shard): ReadonlyArray<SessionId> =>
  registry.sessions
    .flatMap(({ session, phase }) => (phase === "open" && session !== defaultSession ? [session] : []))
    .sort()

/** The same shard with a version held for one more request. */
export const pinning = (shard: Shard, version: Version): Shard => ({
  ...shard,
  pins: [...shard.pins, version].sort((a, b) => a - b)
})

/** The same shard with a version held for one request less. */
export const unpinning = (shard: Shard, version: Version): Shard => {
  const at = shard.pins.indexOf(version)
  return { ...shard, pins: shard.pins.filter((_, position) => position !== at) }
}
