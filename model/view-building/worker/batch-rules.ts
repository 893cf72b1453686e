/** Attempts and flushes: they begin as soon as they may, and end as the environment has it. */
import type { SstableId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type Cell, type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { isStartedLocked, joining, type Node } from "./node.ts"
import { around, type Firings, puts } from "./shard-firing.ts"
import { on, type Site, type SiteShard } from "./site.ts"
import { ids, type Shard } from "./state.ts"
import { flushEnded, processed } from "./store.ts"

/** What may happen to attempts besides their success: rules that have nothing to do in a scope are left out. */
export interface Ends {
  /** How many attempts may fail; null where none does. */
  readonly mayFail: Cell<number, "spend"> | null
  /** How often the view update generator may stop; null where it does not. */
  readonly mayStop: Cell<number, "spend"> | null
  /** Whether anybody may have a reason to end an attempt that reads no staging sstable. */
  readonly mayBeInterrupted: boolean
  /** Whether anything may be on its way when a flush is to begin. */
  readonly mayAwait: boolean
}

export const batchRules = (site: Site, own: SiteShard, ends: Ends): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  begins(site, own),
  succeeds(site, own),
  ...(ends.mayFail === null ? [] : [fails(site, own, ends.mayFail)]),
  ...(ends.mayStop === null ? [] : [generatorStops(site, own, ends.mayStop)]),
  ...(ends.mayBeInterrupted ? [givesUp(site, own)] : []),
  ...(ends.mayAwait ? [arrivalsEnd(site, own)] : []),
  flushEnds(site, own)
]

/** Whether the shard's batch is about staging: the registrator and it do not choose at the same time. */
const isStaging = ({ batch }: Shard): boolean => batch?.tasks[0]?.type === "process_staging"

const isKeptOut = ({ variant }: Site, node: Node, shard: Shard): boolean =>
  isStaging(shard) &&
  (isStartedLocked(node, variant) || (variant.registers === "underMutex" && node.registering !== null))

const begins = (site: Site, own: SiteShard) =>
  on(
    `an attempt begins on ${own.place}`,
    {
      actor: own.place,
      fair: site.trusting("F3"),
      reads: [site.known, site.node, own.shard, own.store]
    },
    (known, node, shard, store): Firings => {
      if (isKeptOut(site, node, shard)) return []
      const chosen = isStaging(shard) ? ids(shard.batch?.tasks ?? []) : []
      const noted: ReadonlyArray<Write> =
        chosen.length === 0 ? [] : [write(site.node, { ...node, started: joining(node.started, chosen) })]
      const input = { _tag: "AttemptBegins", around: around(known, store), store } as const
      return puts(site, own, shard, input, [], noted)
    }
  )

const succeeds = (site: Site, own: SiteShard) =>
  on(
    `an attempt succeeds on ${own.place}`,
    { actor: own.place, fair: site.trusting("F3"), reads: [site.known, own.shard, own.store] },
    (known, shard, store): Firings => {
      const sstables = shard.batch?.attempt?.sstables ?? []
      const isThere = (sstable: SstableId): boolean => store.sstables.some((one) => one.sstable === sstable)
      if (site.variant.rewrites === "stale" && !sstables.every(isThere)) return []
      const input = { _tag: "AttemptEnds", ok: true, around: around(known, store) } as const
      const moved = sstables.length === 0 ? [] : [write(own.store, processed(store, sstables))]
      return puts(site, own, shard, input, [], moved)
    }
  )

const fails = (site: Site, own: SiteShard, mayFail: Cell<number, "spend">) =>
  on(
    `an attempt fails on ${own.place}`,
    { actor: own.place, fair: "none", reads: [site.known, mayFail, own.shard, own.store] },
    (known, left, shard, store): Firings => {
      const input = { _tag: "AttemptEnds", ok: false, around: around(known, store) } as const
      return left === 0 || shard.batch?.aborting === true
        ? []
        : puts(site, own, shard, input, [], [write(mayFail, "spend")])
    }
  )

/** The view update generator stops while it processes what an attempt has chosen. */
const generatorStops = (site: Site, own: SiteShard, mayStop: Cell<number, "spend">) =>
  on(
    `the view update generator stops on ${own.place}`,
    { actor: own.place, fair: "none", reads: [site.known, mayStop, own.shard, own.store] },
    (known, left, shard, store): Firings =>
      left === 0
        ? []
        : puts(
            site,
            own,
            shard,
            { _tag: "GeneratorStops", around: around(known, store) },
            [],
            [write(mayStop, "spend")]
          )
  )

/** An attempt to build that was told to end does so. One that processes staging sstables does not listen. */
const givesUp = (site: Site, own: SiteShard) =>
  on(
    `an attempt gives up on ${own.place}`,
    { actor: own.place, fair: "weak", reads: [site.known, own.shard, own.store] },
    (known, shard, store): Firings =>
      shard.batch?.aborting !== true || (shard.batch.attempt?.sstables.length ?? 0) > 0
        ? []
        : puts(site, own, shard, { _tag: "AttemptEnds", ok: false, around: around(known, store) })
  )

const arrivalsEnd = (site: Site, own: SiteShard) =>
  on(
    `a flush has waited on ${own.place}`,
    { actor: own.place, fair: site.trusting("F11"), reads: [site.known, own.shard, own.store] },
    (known, shard, store): Firings => puts(site, own, shard, { _tag: "ArrivalsEnd", around: around(known, store) })
  )

const flushEnds = (site: Site, own: SiteShard) =>
  on(
    `a flush ends on ${own.place}`,
    { actor: "storage", fair: site.trusting("F11"), reads: [site.known, own.shard, own.store] },
    (known, shard, store): Firings => {
      const flushed = flushEnded(store)
      const input = { _tag: "FlushEnds", around: around(known, flushed) } as const
      return puts(site, own, shard, input, [], [write(own.store, flushed)])
    }
  )
