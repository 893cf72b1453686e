import type { NodeId } from "../../../spec/metadata.ts"
import type { Version } from "../../../spec/raft-upgrade/ids.ts"
import type { Context } from "./context.ts"
import type { Membership } from "./membership.ts"
import { askStates, askVersion, finisher, pull } from "./questions.ts"
import { Rounds } from "./rounds.ts"

/**
 * Has this node's schema be that of every member, once at least.
 *
 * Source: service/raft/raft_group0.cc synchronize_schema, collect_schema_versions_from_group0_members; dossier 2.8.
 */
export class SchemaSynchronisation {
  readonly #context: Context
  readonly #membership: Membership
  readonly #rounds: Rounds
  readonly #mayFinishEarly: boolean

  constructor(context: Context, membership: Membership, step: "firstSync" | "secondSync") {
    this.#context = context
    this.#membership = membership
    this.#rounds = new Rounds(context, step)
    this.#mayFinishEarly = step === "secondSync"
  }

  /** Resolves with nothing once all have the same, or with a member that is through. Rejects with `Aborted`. */
  async run(): Promise<NodeId | undefined> {
    for (;;) {
      const collected = await this.#collect()
      if ("finisher" in collected) return collected.finisher
      const { version } = this.#context.schema
      const differing = [...collected.versions].flatMap(([node, theirs]) => (theirs === version ? [] : [node]))
      if (differing.length === 0) return undefined
      await Promise.all(differing.map((node) => pull(this.#context, node, "sync")))
      const through = await this.#finisher()
      if (through !== undefined) return through
      await this.#rounds.rest()
    }
  }

  /** Asks every other member until all have answered. What one has said is kept until then, and no longer. */
  async #collect(): Promise<{ readonly versions: ReadonlyMap<NodeId, Version> } | { readonly finisher: NodeId }> {
    const versions = new Map<NodeId, Version>()
    for (;;) {
      const { joint } = this.#membership.configuration
      const others = this.#others
      const ask = async (node: NodeId): Promise<void> => {
        const version = await askVersion(this.#context, node)
        if (version !== undefined) versions.set(node, version)
      }
      await Promise.all(others.filter((node) => !versions.has(node)).map(ask))
      if (!joint && others.every((node) => versions.has(node))) return { versions }
      const through = await this.#finisher()
      if (through !== undefined) return { finisher: through }
      await this.#rounds.rest()
    }
  }

  async #finisher(): Promise<NodeId | undefined> {
    if (!this.#mayFinishEarly) return undefined
    return finisher(this.#membership.group, await askStates(this.#context, this.#others))
  }

  get #others(): ReadonlyArray<NodeId> {
    return othersIn(this.#membership, this.#context.self)
  }
}

/** The members of the group besides this node, as far as it has learned. */
export const othersIn = ({ configuration }: Membership, self: NodeId): ReadonlyArray<NodeId> =>
  configuration.members.map(({ node }) => node).filter((node) => node !== self)
