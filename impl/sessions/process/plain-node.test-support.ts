/** A node's process whose node does next to nothing, so that what it is built from can be tried by itself. */
import { ShardId, Version } from "../../../spec/sessions/metadata.ts"
import { readConfiguration } from "../../runtime/child/configuration.ts"
import { die } from "../../runtime/child/stderr-log.ts"
import type { ControlAnswer, NodeCommand } from "../control.ts"
import type { Entry } from "../group0/group0.ts"
import type { NodeParts, RunningNode } from "../node/parts.ts"
import { NodeConfiguration } from "./configuration.ts"
import { runNode } from "./node-process.ts"

const shard = ShardId.make(0)

/**
 * A write is stored by the tablet's first replica, wherever it comes in. A migration is a commit that changes nothing but the
 * version.
 */
class PlainNode implements RunningNode {
  readonly #parts: NodeParts
  #applied: Entry | undefined

  constructor(parts: NodeParts) {
    this.#parts = parts
    const { self, group0, network, store, journal } = parts
    group0.follow(async (entry) => {
      this.#applied = entry
      const { version, fence } = entry.metadata
      journal({ _tag: "ShardCommitted", node: self, shard, at: entry.at, version, fence, open: [] })
    })
    network.serve(async (_, asked) => {
      if (asked._tag !== "Write") return { _tag: "Refused", reason: "Malformed" }
      await store.append(shard, asked.tablet, [asked.row])
      const { request } = asked
      journal({ _tag: "Served", request, node: self, shard, fence: Version.make(0), rows: [], reason: null })
      return { _tag: "Ok" }
    })
  }

  async control(command: NodeCommand): Promise<ControlAnswer> {
    try {
      if (command._tag === "MigrateTablet") return await this.#commit()
      if (command._tag === "Write") return await this.#write(command)
      if (command._tag === "Dump") return await this.#dump()
      return { _tag: "Failed", why: `a plain node knows no ${command._tag}` }
    } catch (error) {
      return { _tag: "Failed", why: error instanceof Error ? error.message : String(error) }
    }
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  async #commit(): Promise<ControlAnswer> {
    const { group0 } = this.#parts
    const guard = await group0.start()
    const { metadata } = guard.seen
    const next = { ...metadata, version: Version.make(metadata.version + 1) }
    const { _tag } = await group0.commit(guard, { _tag: "Operator" }, next)
    return _tag === "Committed" ? { _tag: "Done" } : { _tag: "Failed", why: _tag }
  }

  async #write({ request, tablet, row }: Extract<NodeCommand, { readonly _tag: "Write" }>): Promise<ControlAnswer> {
    const { self, network, journal } = this.#parts
    const version = this.#applied?.metadata.version ?? Version.make(0)
    const [first] = this.#applied?.metadata.tablets.find((known) => known.tablet === tablet)?.replicas ?? []
    if (first === undefined) return { _tag: "Failed", why: "nobody has this tablet" }
    const targets = [first.node]
    journal({ _tag: "RequestBegan", request, node: self, version, tablet, key: row.key, row, targets })
    const answer = await network.ask(first.node, { _tag: "Write", request, version, tablet, row })
    const ok = answer._tag === "Ok"
    journal({ _tag: "RequestEnded", request, ok, rows: [] })
    return { _tag: "RequestEnded", ok, rows: [] }
  }

  async #dump(): Promise<ControlAnswer> {
    const { group0, store } = this.#parts
    await group0.readBarrier()
    const { at, metadata } = this.#applied!
    const tablets = store.tablets(shard).map((tablet) => ({ tablet, rows: store.rows(shard, tablet) }))
    return { _tag: "Dumped", at, metadata, shards: [{ shard, tablets, snapshots: store.snapshots(shard) }] }
  }
}

try {
  await runNode(async (parts) => new PlainNode(parts), readConfiguration(NodeConfiguration, process.argv[2]))
} catch (error) {
  die("node", error)
}
