import type { NodeId } from "../../../spec/metadata.ts"
import { post, pre, recovery, stateOf, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { FairLock, type Release } from "../../runtime/fair-lock.ts"
import type { Injections } from "../../runtime/injections.ts"
import { unlessAborted } from "../../runtime/waits.ts"
import type { Journal } from "../journal.ts"
import type { UpgradeOptions } from "../options.ts"
import type { Document } from "../storage/document.ts"
import type { Local } from "../storage/documents.ts"

/** An operator has written another state over this node's; it stays until the node begins again. */
export class StateEdited extends Error {
  override readonly name = "StateEdited"
}

/** A state, and what keeps it so until it is released. Nothing keeps a state but the first, which is released by nobody. */
export interface HeldState {
  readonly state: UpgradeState
  readonly release: Release
}

export interface StateParts {
  readonly self: NodeId
  readonly local: Document<Local>
  readonly injections: Injections
  readonly tell: Journal
  readonly options: UpgradeOptions
}

/**
 * How far this node is, and the lock that keeps it there while a change is on its old path.
 *
 * Source: service/raft/raft_group0_client.cc get_group0_upgrade_state, set_group0_upgrade_state; scylladb commit 114419d6ab.
 */
export class UpgradeStateAccess {
  protected readonly parts: StateParts
  protected readonly lock = new FairLock()
  readonly #upgraded: Array<() => void> = []
  #state: UpgradeState
  /** The text that this node found on its disk, or wrote there. */
  #stored: string | null

  constructor(parts: StateParts) {
    this.parts = parts
    this.#stored = parts.local.value.state
    this.#state = this.read(this.#stored)
  }

  /** What a text on the disk stands for. */
  protected read(text: string | null): UpgradeState {
    return stateOf(text)
  }

  /** What this node goes by, for whoever need not keep it so. */
  get now(): UpgradeState {
    return this.#state
  }

  /** What this node goes by. As long as it is `pre` it stays so until released. */
  async get(): Promise<HeldState> {
    // In recovery nothing is serialised: the state cannot change but by a restart.
    if (this.#state === recovery) return { state: recovery, release: () => {} }
    const release = await this.lock.read()
    const state = this.#state
    if (state !== pre) release()
    return { state, release }
  }

  /**
   * Goes to another state once no change is on its old path. Resolves when that is on disk and in memory.
   *
   * Rejects with `StateEdited` where an operator has written something else meanwhile.
   */
  async set(state: UpgradeState): Promise<void> {
    const release = await this.alone()
    try {
      await this.write(state)
    } finally {
      release()
    }
    if (state === post) for (const wake of this.#upgraded.splice(0)) wake()
  }

  /** Resolves once no change is on its old path, and none can begin until released. */
  protected alone(): Promise<Release> {
    return this.lock.write()
  }

  /** Goes to another state, on disk and then in memory. */
  protected async write(state: UpgradeState): Promise<void> {
    const { self, local, injections, tell, options } = this.parts
    await local.update((stored) => {
      if (stored.state !== this.#stored && options.editedState === "kept")
        throw new StateEdited(`an operator has written ${stored.state ?? "nothing"} as the state of ${self}`)
      return { ...stored, state }
    })
    this.#stored = state
    tell({ _tag: "StateStored", node: self, state })
    await injections.wait("group0_upgrade_pause_between_disk_and_memory")
    this.#state = state
    tell({ _tag: "StateEntered", node: self, state })
  }

  /** Resolves when this node has arrived. */
  async upgraded(signal: AbortSignal): Promise<void> {
    if (this.#state === post) return
    await unlessAborted(signal, new Promise<void>((resolve) => this.#upgraded.push(resolve)))
  }
}
