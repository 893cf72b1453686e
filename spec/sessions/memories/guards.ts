/** Who is inside which session where, beside what barriers have fenced. */
import type { Memory } from "../../law.ts"
import type { SessionId } from "../ids.ts"
import type { ClusterLabel } from "../labels.ts"
import type { WorkId } from "../messages.ts"
import { type Metadata, type Position, type Replica, rowPerTable, type TabletId } from "../metadata.ts"
import { afterFences, type Fences, fences } from "./fences.ts"
import { afterBegan, type Began } from "./group-zero.ts"
import { isRemovedBy, lifeOf } from "./lives.ts"
import { fallenNode, placeOf } from "./places.ts"

/** Work that holds a guard. It may hold two on one shard, and is here twice then. */
export interface Inside extends Replica {
  readonly session: SessionId
  readonly work: WorkId
}

export interface Guards extends Fences {
  readonly began: ReadonlyArray<Began>
  /** Tablets that there are and that are in no transition. */
  readonly idle: ReadonlyArray<TabletId>
  /** In order of place and work. */
  readonly inside: ReadonlyArray<Inside>
}

export const guards: Memory<Guards, ClusterLabel> = {
  name: "guards",
  init: { ...fences.init, began: [], idle: [], inside: [] },
  on: (before, label) => ({
    ...afterFences(before, label),
    began: afterBegan(before.began, label),
    idle: label._tag === "Committed" ? idleIn(label.metadata) : before.idle,
    inside: afterInside(before.inside, label)
  })
}

const idleIn = (metadata: Metadata): ReadonlyArray<TabletId> =>
  rowPerTable(metadata)
    .filter(({ transition }) => transition === null)
    .map(({ tablet }) => tablet)

const afterInside = (inside: ReadonlyArray<Inside>, label: ClusterLabel): ReadonlyArray<Inside> => {
  const fallen = fallenNode(label)
  if (fallen !== undefined) return inside.filter(({ node }) => node !== fallen)
  if (label._tag === "Entered") {
    const { node, shard, session, work } = label
    return [...inside, { node, shard, session, work }].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  }
  if (label._tag !== "Left") return inside
  const at = inside.findIndex((other) => nameOf(other) === nameOf(label))
  return inside.filter((_, position) => position !== at)
}

const nameOf = (inside: Inside): string => `${placeOf(inside)} ${inside.work} ${inside.session}`

/** Whoever is inside a session that was removed by a position, on a node that counts. */
export const insideRemoved = (memory: Guards, position: Position | null): Inside | undefined =>
  memory.inside.find(
    ({ node, session }) => !memory.ignored.includes(node) && isRemovedBy(lifeOf(memory, session), position)
  )
