import { Arrivals } from "../../../../impl/view-building/node/arrivals.ts"
import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import type { StagingSstable } from "../../../../impl/view-building/node/staging-shard.ts"
import type { ShardStore } from "../../../../impl/view-building/storage/shard-store.ts"
import { pendingReplica, type ShardId } from "../../../../spec/metadata.ts"
import type { SstableId, TableId } from "../../../../spec/view-building/ids.ts"
import { tableOf, tabletHolding } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

/** Has lists that others may put something on. */
class OpenLists extends Registrator {
  readonly #open: ConstructorParameters<typeof Registrator>[2]

  constructor(...of: ConstructorParameters<typeof Registrator>) {
    super(...of)
    this.#open = of[2]
  }

  put(shard: ShardId, one: StagingSstable): void {
    this.#open.find((list) => list.shard === shard)?.add(one)
  }
}

/** Puts what comes from another shard of its node on the list, and counts on the task to come along. */
class ListsClones extends Arrivals {
  readonly #lists: Registrator

  constructor(...of: ConstructorParameters<typeof Arrivals>) {
    super(...of)
    this.#lists = of[3]
  }

  override queue(shard: ShardId, base: TableId, sstable: SstableId, store: ShardStore): void {
    const known = store.data(base).staging.find((one) => one.sstable === sstable)
    const table = tableOf(this.applied.state, base)
    const tablet = known === undefined || table === undefined ? undefined : tabletHolding(table, known.token)
    const isClone = tablet?.transition?.kind === "intranode_migration" && pendingReplica(tablet)?.shard === shard
    if (known !== undefined && isClone && this.#lists instanceof OpenLists)
      this.#lists.put(shard, { sstable, base, token: known.token, lastToken: tablet.lastToken })
    else super.queue(shard, base, sstable, store)
  }
}

const seenIn = "a tablet goes to another shard of its node before its staging sstables are registered"

export const M43a = mutant(
  "M43a",
  {
    sentence: "A tablet's cleanup forgets what other shards of the node have of its tokens.",
    origin: "HEAD",
    breaks: ["L6r", "L4"],
    seenIn
  },
  { worker: { cleansUp: "everyShard" } }
)

export const M43b = mutant(
  "M43b",
  {
    sentence:
      "A staging sstable that goes to another shard of its node is put on the list there, whether it has a task or not.",
    origin: "HEAD",
    breaks: ["L4"],
    seenIn
  },
  { machinery: { Arrivals: ListsClones, Registrator: OpenLists } }
)
