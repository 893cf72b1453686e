import { setMaxListeners } from "node:events"
import { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { Member } from "../../../spec/raft-upgrade/messages.ts"
import type { Clock } from "../../runtime/clock.ts"
import type { Journal } from "../journal.ts"
import { CallFailed, Calls, failureOf } from "../network/calls.ts"
import type { Network, NodeAnswer, NodeRequest } from "../network/network.ts"
import { changed, isMember } from "./change.ts"
import type { Index } from "./entry.ts"
import type { LeaderLog, LeaderRecord } from "./leader-log.ts"
import { LedGroup, type LedGroupParts } from "./led-group.ts"

/** Where whoever leads the groups is found on the network. */
export const leaderName = NodeId.make("group0")

export interface GroupLeaderParts {
  readonly network: Network
  readonly clock: Clock
  /** How long answers are waited for, unless `clock` says that too. */
  readonly callClock?: Clock
  readonly log: LeaderLog
  readonly tell: Journal
  /** What a change makes of a configuration, where it is not what it makes usually. */
  readonly changed?: typeof changed
}

/**
 * Leads every group that there is, in a place of its own.
 *
 * It does what a Raft leader does: nothing is agreed on but what a majority of voters follows at that time, and what was agreed
 * on is told to all members until they have it. Who leads is no part of the way to group 0, so nobody is ever elected.
 */
export class GroupLeader {
  readonly #parts: GroupLeaderParts
  readonly #groups = new Map<GroupId, LedGroup>()
  readonly #stopping = new AbortController()

  constructor(parts: GroupLeaderParts) {
    this.#parts = parts
    // As many wait for the end as there are calls on their way.
    setMaxListeners(0, this.#stopping.signal)
    for (const record of parts.log.found) {
      if (record._tag === "Founded") this.#begin(record)
      else this.#groups.get(record.group)?.recall(record.numbered)
    }
  }

  start(): void {
    this.#parts.network.serve((from, request) => this.#serve(from, request))
    for (const group of this.#groups.values()) for (const { node } of group.configuration.members) group.here(node)
  }

  stop(): void {
    this.#stopping.abort()
  }

  async #serve(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    try {
      return await this.#dispatch(from, request)
    } catch (error) {
      return { _tag: "Failed", failure: failureOf(error) }
    }
  }

  async #dispatch(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    switch (request._tag) {
      case "Found":
        await this.#found(request.group, request.creator, request.index)
        return { _tag: "Ok" }
      case "Here":
        this.#groups.get(request.group)?.here(from)
        return { _tag: "Ok" }
      case "Reconfigure":
        return { _tag: "Reached", index: await this.#group(request.group, from).reconfigure(request.change) }
      case "Commit": {
        const index = await this.#group(request.group, from).commit(from, request.operation, request.command)
        return { _tag: "Reached", index }
      }
      case "Barrier":
        return { _tag: "Reached", index: await this.#group(request.group, from).barrier() }
      default:
        return { _tag: "Failed", failure: "Garbled" }
    }
  }

  /** A leader takes nothing from those who are not in its group. */
  #group(group: GroupId, from: NodeId): LedGroup {
    const led = this.#groups.get(group)
    if (led === undefined || !isMember(led.configuration, from))
      throw new CallFailed("UnknownGroup", `group ${group}, asked by ${from}`)
    return led
  }

  async #found(group: GroupId, creator: Member, first: Index): Promise<void> {
    if (this.#groups.has(group)) return
    const configuration = { members: [creator], joint: false }
    const founded: LeaderRecord = { _tag: "Founded", group, creator: creator.node, first, configuration }
    this.#begin(founded)
    await this.#parts.log.append(founded)
    this.#parts.tell({ _tag: "Reconfigured", group, purpose: "create", of: creator.node, configuration })
  }

  #begin(founded: Extract<LeaderRecord, { readonly _tag: "Founded" }>): void {
    const { network, clock, callClock = clock, log, tell, changed: change = changed } = this.#parts
    const { signal } = this.#stopping
    const parts: LedGroupParts = { calls: new Calls(network, callClock), clock, log, tell, signal, changed: change }
    this.#groups.set(founded.group, new LedGroup(founded, parts))
  }
}
