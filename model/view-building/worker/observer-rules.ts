/** A node follows group 0, and its observer looks at every shard after it has (O1 to O3). */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { builtIn, isStartedLocked, mayApply, type Node } from "./node.ts"
import { around, type Firings, puts, taken } from "./shard-firing.ts"
import { type Known, on, type Site, type SiteShard } from "./site.ts"

export const observerRules = (site: Site): ReadonlyArray<Rule<ViewBuildingLabel>> =>
  site.follows === "later"
    ? [applies(site), ...site.shards.map((own) => looks(site, own)), finishes(site)]
    : [...site.shards.map((own) => notices(site, own)), notes(site)]

/** Enabled while the node is behind, unless it is down or its observer keeps it from applying. */
const applies = (site: Site) =>
  on(
    `${site.name} applies what group 0 says`,
    { actor: "group 0", fair: site.trusting("F1"), reads: [site.group0.head, site.node] },
    (head, node): Firings =>
      node.at === head.at || !node.up || !mayApply(node, site.variant)
        ? []
        : [
            {
              labels: [{ _tag: "Applied", node: site.name, at: head.at }],
              writes: [write(site.node, { ...node, at: head.at, state: head.metadata.state })]
            }
          ]
  )

/** Enabled when something was applied that the observer has not looked at. */
const newRound = ({ shards, variant }: Site, node: Node): Node["looking"] =>
  node.looked === node.at ||
  node.drained ||
  !node.up ||
  (variant.observer === "keepsApply" && isStartedLocked(node, variant))
    ? null
    : { left: shards.map(({ id }) => id), at: node.at }

/**
 * O1 on one shard, as soon as its mutex is free. Where that takes several steps the next shard waits.
 *
 * A round begins at the first shard, when something was applied that nobody has looked at.
 */
const looks = (site: Site, own: SiteShard) =>
  on(
    `the observer looks at ${own.place}`,
    { actor: "observer", fair: site.trusting("F7"), reads: [site.node, own.shard, own.store] },
    (node, shard, store): Firings => {
      const round = node.looking ?? newRound(site, node)
      if (round === null || round.left[0] !== own.id) return []
      const looking = { ...round, left: round.left.slice(1) }
      const input = { _tag: "Observes", around: around(node, store) } as const
      return puts(site, own, shard, input, [], [write(site.node, { ...node, looking })])
    }
  )

/** Whether a shard has yet to do what the observer has told it. */
const isHeldUp = ({ shard }: SiteShard) => view(shard, "held up", ({ lock }) => lock?.by === "observer")

/** O2 and O3: the round is over once no shard is held up by it. */
const finishes = (site: Site) =>
  on(
    `the observer of ${site.name} has looked`,
    { actor: "observer", fair: site.trusting("F7"), reads: [site.node, ...site.shards.map(isHeldUp)] },
    (node, ...heldUp): Firings => {
      const { looking } = node
      if (looking === null || looking.left.length > 0) return []
      if (heldUp.includes(true) || isStartedLocked(node, site.variant)) return []
      const looked = site.variant.observes === "level" ? looking.at : node.at
      const { labels, node: noted } = noting(site, node, node)
      return [{ labels, writes: [write(site.node, { ...noted, looking: null, looked })] }]
    }
  )

/** O2 and O3: what is built goes to the node's own table, and tasks that are gone were started by nobody. */
const noting = (
  { name, notes: isNoted, variant }: Site,
  node: Node,
  { state }: Pick<Known, "state">
): { readonly labels: ReadonlyArray<ViewBuildingLabel>; readonly node: Node } => {
  const built = isNoted ? builtIn(state, name, variant) : node.built
  const started = node.started.filter((id) => state.tasks.some((task) => task.id === id))
  return {
    labels: built.join() === node.built.join() ? [] : [{ _tag: "BuiltViewsWritten", node: name, views: built }],
    node: { ...node, built, started }
  }
}

// ---- where a node follows at once ---------------------------------------------------------------------------------

/**
 * O1 on a shard that has a batch, where it changes anything. Other shards go over to another base with their next call (W3).
 *
 * In the variant of 2025 batches begin so, and every shard is looked at.
 */
const notices = (site: Site, own: SiteShard) =>
  on(
    `the observer looks at ${own.place}`,
    { actor: "observer", fair: site.trusting("F7"), reads: [site.known, own.shard, own.store] },
    (known, shard, store): Firings => {
      if (shard.batch === null && site.variant.batches === "byCalls") return []
      const input = { _tag: "Observes", around: around(known, store) } as const
      const next = taken(site, own, shard, input)
      return next === undefined || JSON.stringify(next.shard) === JSON.stringify(shard)
        ? []
        : puts(site, own, shard, input)
    }
  )

const notes = (site: Site) =>
  on(
    `the observer of ${site.name} has looked`,
    { actor: "observer", fair: site.trusting("F7"), reads: [site.node, site.known] },
    (node, known): Firings => {
      const { labels, node: noted } = noting(site, node, known)
      const isNews = labels.length > 0 || noted.started.length !== node.started.length
      const writes: ReadonlyArray<Write> = [write(site.node, noted)]
      return !node.up || !isNews ? [] : [{ labels, writes }]
    }
  )
