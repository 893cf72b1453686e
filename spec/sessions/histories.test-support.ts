/** Short words for writing down what was seen of a cluster, and which laws the last of it breaks. */
import { Schema } from "effect"
import { said } from "../example.test-support.ts"
import { ClusterLabel } from "./labels.ts"
import { clusterLaws } from "./laws.ts"
import type { Kind, Stage } from "./metadata.ts"

const label = Schema.decodeUnknownSync(ClusterLabel)

type Told = Readonly<Record<string, unknown>>

/** Any label, by its words. */
export const seen = (_tag: ClusterLabel["_tag"], told: Told = {}): ClusterLabel => label({ _tag, ...told })

const replica = (place: string) => ({ node: place.slice(0, 1), shard: Number(place.slice(2)) })

/** A tablet that lives at some places and is in no transition. */
export const still = (...places: ReadonlyArray<string>) => ({
  tablet: "t1",
  replicas: places.map(replica),
  transition: null
})

interface Moving {
  readonly from: ReadonlyArray<string>
  readonly to: ReadonlyArray<string>
  readonly session?: string
  readonly kind?: Kind
  readonly tablet?: string
}

export const moving = (stage: Stage, { from, to, session, kind = "migration", tablet = "t1" }: Moving) => ({
  tablet,
  replicas: from.map(replica),
  transition: { kind, stage, next: to.map(replica), session: session ?? null }
})

/** Group 0 says this from a position on. Unless told otherwise the version is the position, and the coordinator is of term 1. */
export const says = (at: number, tablets: ReadonlyArray<object>, told: Told = {}): ClusterLabel => {
  const { by = { _tag: "Coordinator", term: 1 }, ...more } = told
  const metadata = { version: at, fence: 1, session: null, nodes: ["A", "B"], ignored: [], tablets, ...more }
  return seen("Committed", { by, at, metadata })
}

const on = (place: string): Told => ({ ...replica(place) })

export const goesOver = (place: string, at: number, ...open: ReadonlyArray<string>): ClusterLabel =>
  seen("ShardCommitted", { ...on(place), at, version: at, fence: 1, open })

export const barrier = (index: number, version: number, ...targets: ReadonlyArray<string>): ClusterLabel =>
  seen("BarrierBegan", { term: 1, index, command: "barrier_and_drain", version, targets, tablets: ["t1"] })

/** A node accepts a command at a position, and does it. */
export const does = (node: string, index: number, at: number): ReadonlyArray<ClusterLabel> => [
  seen("CommandAccepted", { node, term: 1, index, at }),
  seen("CommandAnswered", { node, term: 1, index, reason: null })
]

export const ends = (index: number, ok = true): ClusterLabel => seen("BarrierEnded", { term: 1, index, ok })

export const enters = (place: string, session: string, work = "w"): ClusterLabel =>
  seen("Entered", { ...on(place), session, work })
export const leaves = (place: string, session: string, work = "w"): ClusterLabel =>
  seen("Left", { ...on(place), session, work })
export const forgets = (place: string, session: string): ClusterLabel => seen("Forgotten", { ...on(place), session })
export const lands = (place: string, session: string, ...rows: ReadonlyArray<object>): ClusterLabel =>
  seen("Landed", { ...on(place), tablet: "t1", session, work: "w", rows })
export const cleans = (place: string): ClusterLabel => seen("Cleaned", { ...on(place), tablet: "t1" })
export const purges = (place: string, before: number): ClusterLabel =>
  seen("Purged", { ...on(place), tablet: "t1", before })

/** A write of the one key, a tombstone where there is no value. */
export const row = (timestamp: number, value: string | null = `w${timestamp}`) => ({ key: "k", timestamp, value })

export const asks = (
  request: string,
  version: number,
  targets: string,
  write: ReturnType<typeof row> | null = null
): ClusterLabel =>
  seen("RequestBegan", {
    request,
    node: "A",
    version,
    tablet: "t1",
    key: "k",
    row: write,
    targets: targets.split("")
  })

/** A replica serves a request; what it found, if that was a read. */
export const serves = (request: string, place: string, fence: number, ...rows: ReadonlyArray<object>): ClusterLabel =>
  seen("Served", { request, ...on(place), fence, rows, reason: null })
export const refuses = (request: string, place: string, fence: number, ...rows: ReadonlyArray<object>): ClusterLabel =>
  seen("Served", { request, ...on(place), fence, rows, reason: "StaleTopology" })
export const answers = (request: string, ...rows: ReadonlyArray<object>): ClusterLabel =>
  seen("RequestEnded", { request, ok: true, rows })

type Story = ReadonlyArray<ClusterLabel | ReadonlyArray<ClusterLabel>>

/** What the last label of a story breaks, by the laws' short names. Nothing before it may break anything. */
export const brokenBy = (...story: Story): ReadonlyArray<string> => {
  const labels = story.flat()
  return clusterLaws
    .filter((law) => law.modality === "history" && said(law, labels) !== undefined)
    .map((law) => law.id.slice("SES-".length))
    .sort()
}

/** What a law of waiting says is owed at the end of a story. */
export const owedBy = (id: string, ...story: Story): string | undefined => {
  const law = clusterLaws.find((known) => known.id === `SES-${id}`)
  if (law?.modality !== "leadsTo") throw new TypeError(`${id} is no law of waiting`)
  return said(law, story)
}
