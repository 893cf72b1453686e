/** Calls on a shard: group 0 answers the barrier, and a call gets the mutex or learns that its batch is over. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { mayApply, type Node } from "./node.ts"
import { around, type Firings, puts } from "./shard-firing.ts"
import { on, type Site, type SiteShard } from "./site.ts"

export const callRules = (site: Site, own: SiteShard): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...(site.variant.batches === "byCalls"
    ? [site.follows === "later" ? barrierEnds(site, own) : passesBarrier(site, own), proceeds(site, own)]
    : []),
  wakes(site, own)
]

/** W2: the node applies whatever group 0 says by now, if its observer lets it. */
const barrierEnds = (site: Site, own: SiteShard) =>
  on(
    `a barrier ends on ${own.place}`,
    {
      actor: own.place,
      fair: site.trusting("F1"),
      reads: [site.group0.head, site.group0.term, site.node, own.shard, own.store]
    },
    (head, term, node, shard, store): Firings => {
      if (node.at < head.at && !mayApply(node, site.variant)) return []
      const now: Node = { ...node, at: head.at, state: head.metadata.state }
      const caught: ReadonlyArray<ViewBuildingLabel> =
        node.at < head.at ? [{ _tag: "Applied", node: site.name, at: head.at }] : []
      return shard.calls.flatMap(({ call, step }) =>
        step !== "barrier"
          ? []
          : puts(
              site,
              own,
              shard,
              { _tag: "BarrierEnds", call, term, around: around(now, store) },
              [...caught, { _tag: "BarrierEnded", node: site.name, shard: own.id, call, at: head.at, term }],
              node.at < head.at ? [write(site.node, now)] : []
            )
      )
    }
  )

/** W2 where the node is never behind. */
const passesBarrier = (site: Site, own: SiteShard) =>
  on(
    `a barrier ends on ${own.place}`,
    {
      actor: own.place,
      fair: site.trusting("F1"),
      reads: [site.known, site.group0.term, own.shard, own.store]
    },
    (known, term, shard, store): Firings =>
      shard.calls.flatMap(({ call, step }) =>
        step !== "barrier"
          ? []
          : puts(site, own, shard, { _tag: "BarrierEnds", call, term, around: around(known, store) }, [
              { _tag: "BarrierEnded", node: site.name, shard: own.id, call, at: known.at, term }
            ])
      )
  )

const proceeds = (site: Site, own: SiteShard) =>
  on(
    `a call proceeds on ${own.place}`,
    { actor: own.place, fair: site.trusting("F9"), reads: [site.known, own.shard, own.store] },
    (known, shard, store): Firings =>
      shard.calls.flatMap(({ call }) =>
        puts(site, own, shard, { _tag: "Proceeds", call, around: around(known, store) })
      )
  )

const wakes = (site: Site, own: SiteShard) =>
  on(
    `a call wakes on ${own.place}`,
    { actor: own.place, fair: site.trusting("F9"), reads: [own.shard] },
    (shard): Firings => shard.calls.flatMap(({ call }) => puts(site, own, shard, { _tag: "Wakes", call }))
  )
