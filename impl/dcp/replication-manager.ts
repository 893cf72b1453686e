import type { ReplyValue } from "../../spec/dcp/messages.ts"
import type { VBucket } from "../../spec/ids.ts"
import { type Clock, systemClock } from "../runtime/clock.ts"
import { type Log, silentLog } from "../runtime/log.ts"
import { Process } from "../runtime/process.ts"
import type { StopReason } from "./replicator-exit.ts"

/** What tells one replicator from another: the producer's node, the features agreed on, and which connection it is. */
export interface ReplicatorIdentity {
  readonly node: string
  readonly features: readonly string[]
  readonly connection: number
}

/** A replicator as far as the manager deals with it. */
export interface ManagedReplicator {
  setupReplication(vbuckets: readonly VBucket[]): Promise<ReplyValue>
  shutdown(reason: StopReason): Promise<unknown>
  onExit(exited: () => void): void
}

/** What is to be replicated from one node. */
export interface Desired {
  readonly features: readonly string[]
  readonly vbuckets: readonly VBucket[]
}

/** What is to be replicated from each node; nodes that are not named are not replicated from. */
export type DesiredReplications = ReadonlyMap<string, Desired>

/** Why one replicator does not replicate what it should. */
export type SetupFailure =
  | { readonly _tag: "Answered"; readonly replicator: ReplicatorIdentity; readonly value: ReplyValue }
  | { readonly _tag: "Exited"; readonly replicator: ReplicatorIdentity; readonly error: unknown }
  | { readonly _tag: "Missing"; readonly replicator: ReplicatorIdentity }

/** What came of a desired map. Any failure fails the rebalance that asked for it. */
export type SetDesiredResult =
  | { readonly _tag: "Ok" }
  | { readonly _tag: "RebalanceFails"; readonly failures: readonly SetupFailure[] }

/** What a manager needs. */
export interface ReplicationManagerOptions {
  /** Connections per pair of nodes; vBucket v belongs to connection v modulo this number. */
  readonly connections: number
  readonly start: (identity: ReplicatorIdentity) => ManagedReplicator
  readonly clock?: Clock
  readonly log?: Log
}

type Mail =
  | {
      readonly _tag: "SetDesired"
      readonly desired: DesiredReplications
      readonly answer: (r: SetDesiredResult) => void
    }
  | { readonly _tag: "StopAll"; readonly reason: StopReason; readonly answer: (stopped: undefined) => void }

interface Running {
  readonly identity: ReplicatorIdentity
  readonly replicator: ManagedReplicator
}

interface Assignment {
  readonly identity: ReplicatorIdentity
  readonly vbuckets: readonly VBucket[]
}

/**
 * Keeps one replicator per connection and node, and tells each the complete list of its vBuckets.
 *
 * Replicators are temporary: one that died is started again by the next desired map, and by nothing else. The shipped
 * manager misses a dead one whose sibling on another connection lives, because it compares nodes and features only
 * (mutant M38); here the connection belongs to the identity.
 *
 * Source: ns_server dcp_replication_manager.erl manage_replicators, get_connection_for_partition; dcp_replicator.erl
 * setup_replication; replication_manager.erl; dcp_sup.erl; dossier `dcp.md` 2.7 and 2.10.
 */
export class ReplicationManager extends Process<Mail, never> {
  readonly #connections: number
  readonly #start: (identity: ReplicatorIdentity) => ManagedReplicator
  readonly #log: Log
  readonly #running = new Set<Running>()

  constructor(options: ReplicationManagerOptions) {
    super(options.clock ?? systemClock)
    this.#connections = options.connections
    this.#start = options.start
    this.#log = options.log ?? silentLog
  }

  /** Makes the map true, as far as that can be done now. */
  setDesired(desired: DesiredReplications): Promise<SetDesiredResult> {
    return this.ask((answer: (result: SetDesiredResult) => void) => ({ _tag: "SetDesired", desired, answer }))
  }

  /** Ends all replicators, and resolves when they are gone. */
  stopAll(reason: StopReason): Promise<undefined> {
    return this.ask((answer: (stopped: undefined) => void) => ({ _tag: "StopAll", reason, answer }))
  }

  protected override async receive(mail: Mail): Promise<void> {
    if (mail._tag === "StopAll") {
      await this.#stop([...this.#running], mail.reason)
      mail.answer(undefined)
    } else {
      const assignments = this.assign(mail.desired)
      await this.#manageReplicators(assignments.map(({ identity }) => identity))
      mail.answer(await this.#setUp(assignments))
    }
  }

  /** Splits the vBuckets of each node over its connections; a connection without any gets the empty list. */
  protected assign(desired: DesiredReplications): Assignment[] {
    const assignments: Assignment[] = []
    for (const [node, { features, vbuckets }] of desired) {
      for (let connection = 0; connection < this.#connections; connection++) {
        const own = vbuckets.filter((vbucket) => vbucket % this.#connections === connection)
        assignments.push({ identity: { node, features, connection }, vbuckets: own })
      }
    }
    return assignments
  }

  /** Whether a replicator need not be started because it runs already. */
  protected isRunning(wanted: ReplicatorIdentity, running: readonly ReplicatorIdentity[]): boolean {
    return running.some((identity) => isSameReplicator(identity, wanted))
  }

  /** Whether an answer means that a replicator does not replicate what it should. */
  protected isFailure(value: ReplyValue): boolean {
    return value._tag !== "Ok"
  }

  /** Stops what is not wanted, then starts what is missing, in this order since both may have the same name in kv. */
  async #manageReplicators(wanted: readonly ReplicatorIdentity[]): Promise<void> {
    const surplus = [...this.#running].filter(({ identity }) => !wanted.some((w) => isSameReplicator(w, identity)))
    await this.#stop(surplus, "shutdown")
    const running = [...this.#running].map(({ identity }) => identity)
    for (const identity of wanted) if (!this.isRunning(identity, running)) this.#startOne(identity)
  }

  #startOne(identity: ReplicatorIdentity): void {
    const started = { identity, replicator: this.#start(identity) }
    this.#running.add(started)
    started.replicator.onExit(() => {
      this.#running.delete(started)
      this.#log.warn("a replicator has exited", { identity })
    })
  }

  async #stop(replicators: readonly Running[], reason: StopReason): Promise<void> {
    await Promise.all(replicators.map(({ replicator }) => replicator.shutdown(reason)))
  }

  async #setUp(assignments: readonly Assignment[]): Promise<SetDesiredResult> {
    const outcomes = await Promise.all(assignments.map((assignment) => this.#setUpOne(assignment)))
    const failures = outcomes.filter((outcome) => outcome !== undefined)
    return failures.length === 0 ? { _tag: "Ok" } : { _tag: "RebalanceFails", failures }
  }

  async #setUpOne({ identity, vbuckets }: Assignment): Promise<SetupFailure | undefined> {
    const running = [...this.#running].find((candidate) => isSameReplicator(candidate.identity, identity))
    if (running === undefined) {
      return vbuckets.length === 0 ? undefined : { _tag: "Missing", replicator: identity }
    }
    try {
      const value = await running.replicator.setupReplication(vbuckets)
      return this.isFailure(value) ? { _tag: "Answered", replicator: identity, value } : undefined
    } catch (error) {
      return { _tag: "Exited", replicator: identity, error }
    }
  }
}

function isSameReplicator(a: ReplicatorIdentity, b: ReplicatorIdentity): boolean {
  return (
    a.node === b.node &&
    a.connection === b.connection &&
    a.features.length === b.features.length &&
    a.features.every((feature, at) => feature === b.features[at])
  )
}
