/** Our view building coordinator, in process: group 0, the workers and time are the kit's. */

import type { Clock } from "../../../impl/runtime/clock.ts"
import { atOnce } from "../../../impl/runtime/turn.ts"
import { changes } from "../../../impl/view-building/changes/changes.ts"
import { Draft } from "../../../impl/view-building/changes/draft.ts"
import { Hosts } from "../../../impl/view-building/coordinator/hosts.ts"
import { type CoordinatorOptions, reference } from "../../../impl/view-building/coordinator/options.ts"
import { Office, type OfficeParts } from "../../../impl/view-building/coordinator/term.ts"
import { ViewBuildingCoordinator } from "../../../impl/view-building/coordinator/view-building-coordinator.ts"
import type { Command, Entry, Group0, Said } from "../../../impl/view-building/group0/group0.ts"
import { Operations } from "../../../impl/view-building/group0/operations.ts"
import { BuildingInjections } from "../../../impl/view-building/injections.ts"
import type { Network, NodeAnswer, NodeRequest } from "../../../impl/view-building/network/network.ts"
import { ConnectionBroken } from "../../../impl/view-building/network/network.ts"
import { MemoryDisk } from "../../../impl/view-building/storage/memory-disk.ts"
import { reference as workerReference } from "../../../impl/view-building/worker/options.ts"
import type { CommitAnswer } from "../../../spec/group0/messages.ts"
import { NodeId, Position, type Replica, ShardId, sameReplica, Term } from "../../../spec/metadata.ts"
import { type CallAnswer, callBackoffMs, collectEveryMs } from "../../../spec/view-building/messages.ts"
import { Feature } from "../../../spec/view-building/metadata.ts"
import type { Reaction, Seen, Session } from "../../kit/role-under-test.ts"
import type {
  CommitFate,
  CoordinatorAsked,
  CoordinatorSaid
} from "../../kit/view-building/cluster/coordinator-messages.ts"
import { firstSaid, type Scenery } from "../../kit/view-building/cluster/coordinator-orders.ts"
import type { CoordinatorAdapter } from "../../kit/view-building/cluster/coordinator-part.ts"
import { settled } from "../announced.ts"

const self = NodeId.make("A")
const term = Term.make(1)
const by = { _tag: "Coordinator", term } as const

/** An adapter for our coordinator, or for one of other options or with other parts. */
export const coordinatorAdapter = (
  scenery: Scenery,
  name = "portcullis",
  options: Partial<CoordinatorOptions> = {},
  tamper: (parts: OfficeParts) => OfficeParts = (parts) => parts
): CoordinatorAdapter => ({
  name,
  way: "in process",
  role: "view-building/coordinator",
  start: async () => {
    const session = new CoordinatorSession(firstSaid(scenery), { ...reference, ...options }, tamper)
    await session.begin()
    return session
  }
})

interface Timer {
  readonly ms: number
  readonly fire: () => void
}

interface Call {
  readonly replica: Replica
  answer(answer: NodeAnswer): void
  lose(): void
}

class CoordinatorSession implements Session<CoordinatorAsked, CoordinatorSaid, never> {
  readonly #hosts = new Hosts(self, () => {})
  readonly #timers = new Set<Timer>()
  readonly #coordinator: ViewBuildingCoordinator
  #head: Entry
  #commit: { readonly said: Said; answer(answer: CommitAnswer): void } | undefined
  #calls: ReadonlyArray<Call> = []
  /** Timers of replicas that are left alone for a while. */
  #resting: ReadonlyArray<{ readonly replica: Replica; readonly timer: Timer }> = []
  #outputs: Array<Seen<CoordinatorSaid>> = []

  constructor(said: Said, options: CoordinatorOptions, tamper: (parts: OfficeParts) => OfficeParts) {
    this.#head = { at: Position.make(1), metadata: said }
    const [group0, shards] = [this.#group0(), [ShardId.make(0)]]
    const parts: OfficeParts = {
      self,
      shards,
      group0,
      network: this.#network(),
      store: new MemoryDisk().open(shards),
      clock: this.#clock(),
      injections: new BuildingInjections(),
      turn: atOnce,
      tell: () => {},
      worker: workerReference,
      coordinator: options,
      changes,
      knows: Feature.literals,
      incarnation: 1,
      failed: (error) => this.#outputs.push({ _tag: "Died", why: String(error) }),
      operations: new Operations(
        group0,
        () => {},
        (said) => new Draft(said)
      ),
      hosts: this.#hosts,
      applied: this.#applied()
    }
    this.#coordinator = new ViewBuildingCoordinator(new Office(term, tamper(parts)))
    this.#hosts.listen(() => this.#coordinator.notice("host"))
  }

  async begin(): Promise<void> {
    this.#coordinator.run().catch((thrown: unknown) => this.#outputs.push({ _tag: "Died", why: String(thrown) }))
    await settled()
  }

  async input(input: CoordinatorAsked): Promise<Reaction<CoordinatorSaid, never>> {
    this.#outputs = []
    await this.#give(input)
    await settled()
    return { outputs: this.#outputs }
  }

  stop(): void {
    this.#coordinator.stop()
  }

  async #give(input: CoordinatorAsked): Promise<void> {
    switch (input._tag) {
      case "Said":
        return this.#become({ at: input.at, metadata: input.said })
      case "CommitAnswered":
        return this.#answerCommit(input.fate)
      case "CallAnswered":
        return this.#answerCall(input.replica, input.answer)
      case "Rested":
        return this.#fire(this.#rested(input.replica))
      case "CollectionDue":
        return this.#fire([...this.#timers].find(({ ms }) => ms === collectEveryMs))
      case "Marked":
        return this.#hosts.mark(input.node, input.alive)
    }
  }

  // ---- group 0 -------------------------------------------------------------------------------------------------------

  #become(entry: Entry): void {
    this.#head = entry
    this.#coordinator.notice("group 0")
  }

  #answerCommit(fate: CommitFate): void {
    const commit = this.#commit
    if (commit === undefined) throw new Error("it does not commit anything")
    this.#commit = undefined
    const { at } = this.#head
    if (fate === "refused" || fate === "lost") {
      commit.answer(fate === "lost" ? { _tag: "StatusUnknown" } : { _tag: "ConcurrentModification", head: at })
      return
    }
    this.#become({ at: Position.make(at + 1), metadata: commit.said })
    commit.answer(fate === "committed" ? { _tag: "Committed", at: this.#head.at } : { _tag: "StatusUnknown" })
  }

  #group0(): Group0 {
    return {
      leadership: { term, leader: self },
      onLeadership: () => () => {},
      follow: () => {},
      readBarrier: async () => this.#head.at,
      start: async () => ({ seen: this.#head }),
      commit: ({ seen }, command, said) => this.#committing(seen.at, command, said),
      close: async () => {}
    }
  }

  #committing(seen: Position, command: Command, said: Said): Promise<CommitAnswer> {
    if (JSON.stringify(command.by) !== JSON.stringify(by)) throw new Error("it commits in another's name")
    this.#outputs.push({ _tag: "Commit", seen, change: command.change, said })
    return new Promise((answer) => {
      this.#commit = { said, answer }
    })
  }

  #applied(): OfficeParts["applied"] {
    const head = (): Entry => this.#head
    return {
      get state() {
        return head().metadata.state
      },
      get at() {
        return head().at
      },
      term,
      readBarrier: async () => head().at
    }
  }

  // ---- workers -------------------------------------------------------------------------------------------------------

  #network(): Network {
    return {
      self,
      serve: () => {},
      ask: (node, request) => this.#asking(node, request),
      kill: () => {},
      ban: () => {},
      close: async () => {}
    }
  }

  #asking(node: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    if (request._tag !== "WorkOnTasks" || request.term !== term) throw new Error(`it asks ${node} for ${request._tag}`)
    const replica = { node, shard: request.shard }
    this.#outputs.push({ _tag: "Call", replica, tasks: request.tasks })
    return new Promise((answer, reject) => {
      const lose = (): void => reject(new ConnectionBroken(`the connection to ${node} broke`))
      this.#calls = [...this.#calls, { replica, answer, lose }]
    })
  }

  /** A call that has failed leaves a timer behind, which is known by that. */
  async #answerCall(replica: Replica, answer: CallAnswer): Promise<void> {
    const call = this.#calls.find((known) => sameReplica(known.replica, replica))
    if (call === undefined) throw new Error(`it asks ${replica.node}.${replica.shard} for nothing`)
    this.#calls = this.#calls.filter((known) => known !== call)
    const before = new Set(this.#timers)
    if (answer._tag === "Refused" && answer.reason === "Disconnected") call.lose()
    else call.answer({ _tag: "Worked", answer })
    await settled()
    const timer = [...this.#timers].find((one) => one.ms === callBackoffMs && !before.has(one))
    if (timer !== undefined) this.#resting = [...this.#resting, { replica, timer }]
  }

  // ---- time ----------------------------------------------------------------------------------------------------------

  #rested(replica: Replica): Timer | undefined {
    const resting = this.#resting.find((known) => sameReplica(known.replica, replica))
    this.#resting = this.#resting.filter((known) => known !== resting)
    return resting?.timer
  }

  /** Somebody who does not wait for the time is not told of it. */
  #fire(timer: Timer | undefined): void {
    if (timer !== undefined && this.#timers.delete(timer)) timer.fire()
  }

  #clock(): Clock {
    return {
      now: () => 0,
      setTimer: (ms, fire) => {
        const timer = { ms, fire }
        this.#timers.add(timer)
        return () => this.#timers.delete(timer)
      }
    }
  }
}
