import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, Version } from "../../../spec/raft-upgrade/ids.ts"
import { post, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import type { Journal } from "../journal.ts"
import type { Calls } from "../network/calls.ts"
import type { UpgradeOptions } from "../options.ts"
import type { SchemaStore } from "../schema/schema-store.ts"
import type { UpgradeStateAccess } from "../state/upgrade-state-access.ts"

/** What a node says of how far it is, and in which group. */
export interface Told {
  readonly node: NodeId
  readonly state: UpgradeState
  readonly group: GroupId | null
}

/** Who asks. */
export interface Asker {
  readonly self: NodeId
  readonly calls: Calls
  readonly tell: Journal
  readonly options: UpgradeOptions
  readonly state: UpgradeStateAccess
  readonly schema: SchemaStore
  readonly signal: AbortSignal
}

/** What a node on its way asks the others. */
export class Questions {
  protected readonly context: Asker

  constructor(context: Asker) {
    this.context = context
  }

  /** Asks nodes how far they are. Who did not answer is left out. */
  async states(nodes: ReadonlyArray<NodeId>): Promise<ReadonlyArray<Told>> {
    const { self, calls, tell, signal } = this.context
    const one = async (of: NodeId): Promise<ReadonlyArray<Told>> => {
      const answer = await calls.tryAsk(of, { _tag: "GetUpgradeState" }, "State", signal)
      tell({ _tag: "StateHeard", node: self, of, state: answer?.state ?? null })
      return answer === undefined ? [] : [{ node: of, state: answer.state, group: answer.group }]
    }
    return (await Promise.all(nodes.map(one))).flat()
  }

  /** One that is through, and lets this node stop waiting. Row 60: one of another group does not count. */
  finisher(group: GroupId | null, told: ReadonlyArray<Told>): NodeId | undefined {
    return told.find((one) => one.state === post && one.group === group)?.node
  }

  /** What a node's schema is known by; nothing where it did not answer. */
  async version(of: NodeId): Promise<Version | undefined> {
    const { self, calls, tell, signal } = this.context
    const answer = await calls.tryAsk(of, { _tag: "SchemaCheck" }, "Versioned", signal)
    tell({ _tag: "VersionHeard", node: self, of, version: answer?.version ?? null })
    return answer?.version
  }

  /** Takes over what another has. False where it did not answer. */
  async pull(from: NodeId, by: "sync" | "pull"): Promise<boolean> {
    const { calls, schema, state, options, signal } = this.context
    const answer = await calls.tryAsk(from, { _tag: "MigrationRequest" }, "Schema", signal)
    if (answer === undefined) return false
    // It may have arrived since it asked.
    if (by === "pull" && state.now === post && options.pulls === "stop") return false
    await schema.merge(by, answer.schema)
    return true
  }
}
