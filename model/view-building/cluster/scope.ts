/** How a scope of a cluster is written down: a variant, bounds, and what the run must end in. */
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { L1, L2, L3, L4, L5, L6, L6o, L6r, L6w, L7 } from "../../../spec/view-building/laws/liveness.ts"
import { S13, S14, S15, S16 } from "../../../spec/view-building/laws/staging.ts"
import { S10n } from "../../../spec/view-building/laws/statuses.ts"
import { coordinatorLaws, dataLaws, groupZeroLaws, workerLaws } from "../../../spec/view-building/laws.ts"
import type { MustFail, Overrides, Sample, Scope } from "../../kernel/scope.ts"
import { reference, type Variant } from "../variant.ts"
import { varied } from "../varied.ts"
import { varied as variedWorker, type WorkerVariant, reference as worker } from "../worker/variant.ts"
import { assuming, type Bounds, small } from "./bounds.ts"
import { cluster } from "./cluster.ts"

interface Plan {
  readonly about: string
  /** What differs from the reference. */
  readonly variant?: Partial<Variant>
  /** What differs from the reference in workers, where they are as they are. */
  readonly worker?: Partial<WorkerVariant>
  /** What differs from the smallest bounds. */
  readonly bounds: Partial<Bounds>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  /** How much is seen of a scope that is too large to be seen to the end. */
  readonly sample?: Sample
  readonly mustFail?: Readonly<Record<string, number>>
}

/** A scope with pinned counts, in the order distinct, generated, depth. */
export const scope = (
  name: string,
  { about, variant, worker: changed, bounds, pinned, sample, mustFail }: Plan
): Scope<ViewBuildingLabel> => {
  const [distinct, generated, depth] = pinned
  return {
    name,
    about,
    pinned: { distinct, generated, depth },
    ...(sample === undefined ? {} : { sample }),
    mustFail: Object.entries(mustFail ?? {}).map(([law, length]): MustFail => ({ law: `VB-${law}`, length })),
    system: ({ variant: changes, without }) => {
      const all = { ...small, ...bounds }
      const [ofWorkers, ofOthers] = all.workers === "plain" ? [{}, changes] : parted(changes)
      return cluster(
        varied({ ...reference, ...variant }, ofOthers),
        variedWorker({ ...worker, ...changed }, ofWorkers),
        assuming(all, without),
        lawsFor(all)
      )
    }
  }
}

/** The parameters that are of workers, and the others. A named variant to start from is of both. */
const parted = (changes: Overrides["variant"]): readonly [Overrides["variant"], Overrides["variant"]] => {
  const only = (isMeant: (key: string) => boolean): Overrides["variant"] =>
    Object.fromEntries(Object.entries(changes).filter(([key]) => key === "base" || isMeant(key)))
  return [only((key) => key in worker), only((key) => !(key in worker))]
}

/** Laws about one worker are left to scopes that have it, and those that have nothing to judge are left out: they say nothing. */
const lawsFor = ({ staging, notes, workers, follows }: Bounds): ReadonlyArray<Law<ViewBuildingLabel>> => {
  const ofStaging: ReadonlyArray<Law<ViewBuildingLabel>> = [S13, S14, S15, S16]
  const isPlain = workers === "plain"
  const ofWorkers = workerLaws.filter((law) => law !== S10n && !ofStaging.includes(law))
  return [
    ...groupZeroLaws,
    ...coordinatorLaws,
    ...(isPlain ? [] : ofWorkers),
    ...dataLaws,
    ...[L1, L3, L5, L6],
    ...(isPlain ? [] : [L6w, L6o]),
    ...(isPlain || follows === "atOnce" ? [] : [L7]),
    ...(staging.length > 0 ? [...ofStaging, L4] : []),
    ...(staging.length > 0 && !isPlain ? [L6r] : []),
    ...(notes ? [S10n, L2] : [])
  ]
}
