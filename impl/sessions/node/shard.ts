import { defaultSession, type SessionId } from "../../../spec/sessions/ids.ts"
import type { WorkId } from "../../../spec/sessions/messages.ts"
import {
  type Metadata,
  type NodeId,
  openSessions,
  type Position,
  type ShardId,
  type Tablet,
  type TabletId,
  Version
} from "../../../spec/sessions/metadata.ts"
import type { Entry } from "../group0/group0.ts"
import type { Journal } from "../journal.ts"
import { tabletIn } from "../ring.ts"
import { Admission } from "./admission.ts"
import { Refused, reasonOf } from "./refused.ts"
import { StorageGroups } from "./storage-groups.ts"
import { ToldRegistry } from "./told-registry.ts"
import { VersionHolds } from "./version-holds.ts"

/** What somebody works by who holds a version. The version is alive until it is released. */
export interface Routing {
  readonly metadata: Metadata
  readonly version: Version
  release(): void
}

/** Wants to know when the shard went over to other metadata. */
export interface Latch {
  refresh(): void
}

/** No shard is older than this, and no fence lower, before anything was applied. */
const none = Version.make(0)

/**
 * One core of a node: its sessions, the metadata it works by, and the versions that its work still holds.
 *
 * Shards share nothing: others reach a shard through `run`, and what they saw of it may be old when they come back.
 *
 * Source: locator/token_metadata.cc shared_token_metadata; service/session.cc; service/storage_proxy.cc _fence_version.
 */
export class Shard {
  readonly place: { readonly node: NodeId; readonly shard: ShardId }
  readonly tell: Journal
  readonly sessions: ToldRegistry
  readonly groups: StorageGroups
  readonly #holds = new VersionHolds()
  readonly #latches = new Set<Latch>()
  #entry: Entry | undefined

  constructor(node: NodeId, shard: ShardId, tell: Journal) {
    this.place = { node, shard }
    this.tell = tell
    this.sessions = new ToldRegistry((session) => tell({ _tag: "Forgotten", ...this.place, session }))
    this.groups = new StorageGroups(node, shard)
  }

  get id(): ShardId {
    return this.place.shard
  }

  get at(): Position | undefined {
    return this.#entry?.at
  }

  get metadata(): Metadata | undefined {
    return this.#entry?.metadata
  }

  get version(): Version {
    return this.#entry?.metadata.version ?? none
  }

  get fence(): Version {
    return this.#entry?.metadata.fence ?? none
  }

  /** A tablet as this shard has it; by its name also the ring's range. */
  tablet(tablet: TabletId): Tablet | undefined {
    return this.#entry === undefined ? undefined : tabletIn(this.#entry.metadata, tablet)
  }

  /** Does something on this shard, when the shard comes to it. */
  async run<Value>(work: () => Value | Promise<Value>): Promise<Value> {
    await Promise.resolve()
    return work()
  }

  /** Holds the version that is current now. Refused with: NoSuchTablet, while nothing was applied. */
  hold(): Routing {
    if (this.#entry === undefined) throw new Refused("NoSuchTablet")
    const { metadata } = this.#entry
    return { metadata, version: metadata.version, release: this.#holds.take(metadata.version) }
  }

  /** Resolves once nothing on this shard works by a version lower than `below`. */
  whenReleased(below: Version): Promise<void> {
    return this.#holds.whenReleased(below)
  }

  /** Has `latch` told of every change, from now until the function returned is called. */
  latch(latch: Latch): () => void {
    this.#latches.add(latch)
    return () => this.#latches.delete(latch)
  }

  /**
   * Makes a frozen guard live on this shard.
   *
   * Enabled when: the session is open here, and not the default one: whatever is admitted here belongs to an operation, so who
   * comes with the id that nothing fences has lost his permit on the way (S12, Q8). Effect: the session counts one more guard until
   * it leaves. Refused with: SessionNotFound, GateClosed. Source: service/topology_guard.hh topology_guard.
   */
  admit(session: SessionId, work: WorkId): Admission {
    try {
      if (session === defaultSession) throw new Refused("SessionNotFound")
      const guard = this.sessions.enter(session)
      this.tell({ _tag: "Entered", ...this.place, session, work })
      return new Admission(work, guard, () => this.tell({ _tag: "Left", ...this.place, session, work }))
    } catch (error) {
      const reason = reasonOf(error)
      this.tell({ _tag: "TurnedAway", ...this.place, session, work, reason })
      throw new Refused(reason)
    }
  }

  /** Throws if a request with this token is older than the fence. 0 asks for no fence. Source: storage_proxy.cc check_fence. */
  checkFence(token: Version): void {
    if (token !== none && token < this.fence) throw new Refused("StaleTopology")
  }

  /**
   * Goes over to what group 0 says, in one step that nobody sees the middle of.
   *
   * Effect: requests are routed by the new metadata; sessions that it does not name start closing, those that it names are
   * created; nothing older than its fence is accepted. A step that cannot be made is a defect, for the node must not go on with
   * half of it. Source: service/storage_service.cc commit_token_metadata_change, storage_proxy.cc update_fence_version.
   */
  commit(entry: Entry): void {
    const { version, fence } = entry.metadata
    if (version < this.version) throw new RangeError(`version ${version} is behind ${this.version}`)
    if (fence < this.fence) throw new RangeError(`fence ${fence} is behind ${this.fence}`)
    if (fence > version) throw new RangeError(`fence ${fence} is ahead of version ${version}`)
    this.#entry = entry
    this.groups.update(entry.metadata)
    const open = openSessions(entry.metadata)
    this.sessions.closeAllExcept(new Set(open))
    for (const session of open) this.sessions.create(session)
    this.tell({ _tag: "ShardCommitted", ...this.place, at: entry.at, version, fence, open: this.sessions.open })
    // Whoever latches on again must find the new metadata, so nobody is told before everything is in place (M37).
    for (const latch of [...this.#latches]) latch.refresh()
  }
}
