import type { NodeId } from "../../../spec/metadata.ts"
import type { Version } from "../../../spec/raft-upgrade/ids.ts"
import type { Context } from "./context.ts"
import type { Membership } from "./membership.ts"
import type { Rounds } from "./rounds.ts"

/** What every other member's schema is known by; or one that is through, before all have answered. */
export type Collected = { readonly versions: ReadonlyMap<NodeId, Version> } | { readonly finisher: NodeId }

/**
 * Has this node's schema be that of every member, once at least.
 *
 * Source: service/raft/raft_group0.cc synchronize_schema, collect_schema_versions_from_group0_members; dossier 2.8.
 */
export class SchemaSynchronisation {
  protected readonly context: Context
  protected readonly membership: Membership
  protected readonly rounds: Rounds
  protected readonly mayFinishEarly: boolean

  constructor(context: Context, membership: Membership, step: "firstSync" | "secondSync") {
    this.context = context
    this.membership = membership
    this.rounds = new context.Rounds(context, step)
    this.mayFinishEarly = step === "secondSync"
  }

  /** Resolves with nothing once all have the same, or with a member that is through. Rejects with `Aborted`. */
  async run(): Promise<NodeId | undefined> {
    for (;;) {
      const collected = await this.collect()
      if ("finisher" in collected) return collected.finisher
      const { version } = this.context.schema
      const differing = [...collected.versions].flatMap(([node, theirs]) => (theirs === version ? [] : [node]))
      if (differing.length === 0) return undefined
      await Promise.all(differing.map((node) => this.context.questions.pull(node, "sync")))
      const through = await this.finisher()
      if (through !== undefined) return through
      await this.rounds.rest()
    }
  }

  /** Asks every other member until all have answered. What one has said is kept until then, and no longer. */
  protected async collect(): Promise<Collected> {
    const versions = new Map<NodeId, Version>()
    for (;;) {
      const { others } = this
      const ask = async (node: NodeId): Promise<void> => {
        const version = await this.context.questions.version(node)
        if (version !== undefined) versions.set(node, version)
      }
      await Promise.all(others.filter((node) => !versions.has(node)).map(ask))
      if (this.isComplete(others, versions)) return { versions }
      const through = await this.whileIncomplete()
      if (through !== undefined) return { finisher: through }
      await this.rounds.rest()
    }
  }

  /** Whether all have said what their schema is, and nobody is on the way in or out. */
  protected isComplete(others: ReadonlyArray<NodeId>, versions: ReadonlyMap<NodeId, Version>): boolean {
    return !this.membership.configuration.joint && others.every((node) => versions.has(node))
  }

  /** Somebody did not answer: one that is through would do. */
  protected whileIncomplete(): Promise<NodeId | undefined> {
    return this.finisher()
  }

  protected async finisher(): Promise<NodeId | undefined> {
    if (!this.mayFinishEarly) return undefined
    const { questions } = this.context
    return questions.finisher(this.membership.group, await questions.states(this.others))
  }

  protected get others(): ReadonlyArray<NodeId> {
    return othersIn(this.membership, this.context.self)
  }
}

/** The members of the group besides this node, as far as it has learned. */
export const othersIn = ({ configuration }: Membership, self: NodeId): ReadonlyArray<NodeId> =>
  configuration.members.map(({ node }) => node).filter((node) => node !== self)
