/** A replica serves a request: it compares it with the fence, holds its own metadata meanwhile, and looks at the fence again. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Reason, Row } from "../../../spec/sessions/messages.ts"
import type { NodeId, ShardId, Tablet } from "../../../spec/sessions/metadata.ts"
import { write } from "../../kernel/cell.ts"
import { remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells, ShardCells } from "./cells.ts"
import { hintId } from "./hints.ts"
import { arrived } from "./mail.ts"
import { tabletName } from "./names.ts"
import type { Serving } from "./node-state.ts"
import { tabletOf } from "./operations.ts"
import { isData, paxosDeed } from "./paxos.ts"
import type { PaxosAsk } from "./paxos-words.ts"
import { type Answered, newest, owners } from "./request-state.ts"
import { pinning, type Shard, unpinning } from "./shard.ts"
import type { Variant } from "./variant.ts"
import { merged } from "./works.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const servingRules = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> => {
  // The tablet lives on the last shard of a node.
  const own = node.shards.at(-1)!
  return [takes(cells, variant, node, own), serves(cells, variant, node, own)]
}

/** A request without a token is not fenced. */
const isStale = (version: number, { metadata }: Shard): boolean => version !== 0 && version < metadata.fence

/** Of a conditional write, which round this is, and what a replica knows that has promised. */
type About = Pick<Answered, "round" | "promised">

/** What the replica says to the coordinating node, and what is seen of it. */
const said = (
  cells: ClusterCells,
  node: NodeCells,
  shards: ReadonlyArray<ShardId>,
  shard: Shard,
  number: number,
  reason: Reason | null,
  rows: ReadonlyArray<Row>,
  about: About = {}
): Firing<ClusterLabel> => {
  const { fence } = shard.metadata
  const asked = cells.requests[number - 1]
  const tries = number - cells.requests.length
  const from = { from: node.name, reason, rows, ...about }
  const answer = asked === undefined ? write(cells.hint!.hint, { ...from, try: tries }) : write(asked.request, from)
  const request = asked?.id ?? hintId(tries)
  const round = about.round === undefined ? {} : { round: about.round }
  return {
    labels: shards.map((own) => ({
      _tag: "Served",
      request,
      node: node.name,
      shard: own,
      fence,
      rows,
      reason,
      ...round
    })),
    writes: [answer]
  }
}

const takes = (cells: ClusterCells, variant: Variant, node: NodeCells, own: ShardCells): Rule<ClusterLabel> =>
  on(
    `${node.name} takes a request`,
    { actor: node.name, fair: "weak", reads: [node.node, arrived(node, "Request"), own.shard] },
    (state, mail, shard): Firings =>
      (state.up && shard.loaded ? mail : []).map(({ message, position }) => {
        const { request, version, row, paxos } = message
        const taken = remove(node.mail, position)
        if (variant.fenceChecks !== "never" && isStale(version, shard)) {
          const about: About = paxos === undefined ? {} : { round: paxos.round }
          const { labels, writes } = said(cells, node, [own.id], shard, request, "StaleTopology", [], about)
          return { labels, writes: [taken, ...writes] }
        }
        const pins = variant.replicaPins === "yes" && variant.fenceChecks !== "before"
        const pin = pins ? shard.metadata.version : null
        const serving: Serving = { request, version, row, pin, ...(paxos === undefined ? {} : { paxos }) }
        return {
          labels: [],
          writes: [
            taken,
            write(node.node, { ...state, serving: [...state.serving, serving] }),
            ...(pin === null ? [] : [write(own.shard, pinning(shard, pin))])
          ]
        }
      })
  )

/** What a replica does for a request: on which shards, what each of them adds to what it has, and what it answers. */
interface Deed {
  readonly shards: ReadonlyArray<ShardId>
  readonly added: ReadonlyArray<Row>
  readonly reason: Reason | null
  readonly rows: ReadonlyArray<Row>
  readonly about?: About
}

/** A plain read or write. A request that was overtaken by the fence fails, and may have been written all the same. */
const plain = (
  { row }: Serving,
  tablet: Tablet | undefined,
  node: NodeId,
  stored: ReadonlyArray<ReadonlyArray<Row>>,
  stale: boolean
): Deed => {
  const kind = row === null ? "read" : "write"
  const at = tablet === undefined ? [] : owners(tablet, node, kind)
  const found = newest(at.flatMap((id) => stored[id] ?? []).filter(isData))
  const left = stale && at.length > 0 ? row : null
  const rows = [kind === "read" ? found : left].flatMap((one) => one ?? [])
  return { shards: at, added: row === null ? [] : [row], reason: stale ? "StaleTopology" : null, rows }
}

/** A round of a conditional write: read where reads go to within the node, and written where writes go to. */
const conditionally = (
  variant: Variant,
  paxos: PaxosAsk,
  tablet: Tablet | undefined,
  node: NodeId,
  stored: ReadonlyArray<ReadonlyArray<Row>>,
  stale: boolean
): Deed => {
  const { round } = paxos
  const shards = tablet === undefined ? [] : owners(tablet, node, "write")
  if (tablet === undefined || shards.length === 0)
    return { shards, added: [], reason: stale ? "StaleTopology" : "NotThisReplica", rows: [], about: { round } }
  const known = owners(tablet, node, "read").flatMap((id) => stored[id] ?? [])
  const { reason, added, found, promised } = paxosDeed(variant, known, paxos)
  const shown = round === "learn" ? added.filter(isData) : stale || found === null ? [] : [found]
  const about: About = round === "prepare" && !stale ? { round, promised } : { round }
  return { shards, added, reason: stale ? "StaleTopology" : reason, rows: shown, about }
}

/**
 * The row is written or read. A request that was overtaken by the fence fails.
 *
 * Where the replica holds no metadata, the fence may rise between its look at the fence and the write: the row is there then.
 */
const serves = (cells: ClusterCells, variant: Variant, node: NodeCells, own: ShardCells): Rule<ClusterLabel> =>
  on(
    `${node.name} serves a request`,
    {
      actor: node.name,
      fair: "weak",
      reads: [node.node, own.shard, ...node.shards.map(({ rows }) => rows)]
    },
    (state, shard, ...stored): Firings =>
      state.serving.map((serving) => {
        const { paxos, request, pin } = serving
        const stale = variant.fenceChecks === "beforeAndAfter" && isStale(serving.version, shard)
        const known = tabletOf(shard.metadata, tabletName)
        const tablet = stale && variant.replicaPins === "yes" ? undefined : known
        const deed =
          paxos === undefined
            ? plain(serving, tablet, node.name, stored, stale)
            : conditionally(variant, paxos, tablet, node.name, stored, stale)
        const { added } = deed
        // Each shard that has the tablet serves it, and the node answers once.
        const shards = deed.shards.length === 0 ? [own.id] : deed.shards
        const { labels, writes } = said(cells, node, shards, shard, request, deed.reason, deed.rows, deed.about)
        return {
          labels,
          writes: [
            ...writes,
            write(node.node, { ...state, serving: state.serving.filter((other) => other !== serving) }),
            ...(added.length === 0
              ? []
              : deed.shards.map((id) => write(node.shards[id]!.rows, merged([...stored[id]!, ...added])))),
            ...(pin === null ? [] : [write(own.shard, unpinning(shard, pin))])
          ]
        }
      })
  )
