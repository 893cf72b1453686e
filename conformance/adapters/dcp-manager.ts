/** Our replication manager, in process, above replicators that answer and die as they are told. */
import {
  type ManagedReplicator,
  ReplicationManager,
  type ReplicationManagerOptions
} from "../../impl/dcp/replication-manager.ts"
import type { ReplyValue } from "../../spec/dcp/messages.ts"
import type { ManagerInput, ManagerOutput } from "../../spec/dcp/supervision.ts"
import type { VBucket } from "../../spec/ids.ts"
import type { Adapter, Reaction, Seen, Session } from "../kit/role-under-test.ts"

export type ManagerAdapter = Adapter<ManagerInput, ManagerOutput, never> & {
  readonly role: "dcp/replication-manager"
}

/** Connections for a pair of nodes, as the model's environment has them. */
const connections = 2

/** An adapter for the replication manager or a subclass of it. */
export const managerAdapter = (
  name = "portcullis",
  make: (options: ReplicationManagerOptions) => ReplicationManager = (options) => new ReplicationManager(options)
): ManagerAdapter => ({
  name,
  way: "in process",
  role: "dcp/replication-manager",
  start: () => new ManagerSession(make)
})

/** A replicator that does nothing by itself. */
class Puppet implements ManagedReplicator {
  answer: ((value: ReplyValue) => void) | undefined
  fail: ((error: Error) => void) | undefined
  private readonly asked: (vbuckets: ReadonlyArray<VBucket>) => void
  private exited: () => void = () => undefined

  constructor(asked: (vbuckets: ReadonlyArray<VBucket>) => void) {
    this.asked = asked
  }

  setupReplication(vbuckets: ReadonlyArray<VBucket>): Promise<ReplyValue> {
    this.asked(vbuckets)
    return new Promise((resolve, reject) => {
      this.answer = resolve
      this.fail = reject
    })
  }

  async shutdown(): Promise<void> {
    this.die()
  }

  onExit(exited: () => void): void {
    this.exited = exited
  }

  die(): void {
    this.exited()
    this.fail?.(new Error("the replicator died"))
  }
}

class ManagerSession implements Session<ManagerInput, ManagerOutput, never> {
  private readonly manager: ReplicationManager
  private readonly puppets = new Map<number, Puppet>()
  private outputs: Array<Seen<ManagerOutput>> = []

  constructor(make: (options: ReplicationManagerOptions) => ReplicationManager) {
    this.manager = make({ connections, start: ({ connection }) => this.begin(connection) })
  }

  async input(input: ManagerInput): Promise<Reaction<ManagerOutput, never>> {
    this.outputs = []
    this.give(input)
    // The manager's own promises are microtasks, and a turn of the event loop is behind all of them.
    await new Promise((resolve) => setImmediate(resolve))
    return { outputs: this.outputs }
  }

  stop(): void {
    this.manager.exit({ _tag: "Killed" })
  }

  private give(input: ManagerInput): void {
    switch (input._tag) {
      case "SetDesired": {
        const { call, vbuckets } = input
        this.manager.setDesired(new Map([["n1", { features: [], vbuckets }]])).then(
          ({ _tag }) => this.outputs.push({ _tag: "Answer", call, result: _tag === "Ok" ? "ok" : "rebalanceFails" }),
          (error: unknown) => this.outputs.push({ _tag: "Died", why: String(error) })
        )
        break
      }
      case "ReplicatorAnswered": {
        const puppet = this.puppets.get(input.connection)
        if (input.outcome._tag === "Answered") puppet?.answer?.(input.outcome.value)
        else puppet?.fail?.(new Error("the call exited"))
        break
      }
      case "ReplicatorDied":
        this.puppets.get(input.connection)?.die()
    }
  }

  private begin(connection: number): Puppet {
    this.outputs.push({ _tag: "StartReplicator", connection })
    const puppet = new Puppet((vbuckets) => this.outputs.push({ _tag: "SetupReplication", connection, vbuckets }))
    this.puppets.set(connection, puppet)
    return puppet
  }
}
