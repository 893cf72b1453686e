/** Sessions that shards have registered and not forgotten, beside what barriers have fenced. */
import type { Memory } from "../../law.ts"
import type { SessionId } from "../ids.ts"
import type { ClusterLabel } from "../labels.ts"
import type { Replica } from "../metadata.ts"
import { afterFences, type Fences, fences } from "./fences.ts"
import { fallenNode, placeOf } from "./places.ts"

export interface Registered extends Replica {
  readonly session: SessionId
}

export interface Leftovers extends Fences {
  /** By place and name. */
  readonly registered: ReadonlyArray<Registered>
}

export const leftovers: Memory<Leftovers, ClusterLabel> = {
  name: "leftovers",
  init: { ...fences.init, registered: [] },
  on: (before, label) => ({ ...afterFences(before, label), registered: afterRegistered(before.registered, label) })
}

const afterRegistered = (registered: ReadonlyArray<Registered>, label: ClusterLabel): ReadonlyArray<Registered> => {
  const fallen = fallenNode(label)
  if (fallen !== undefined) return registered.filter(({ node }) => node !== fallen)
  if (label._tag === "ShardCommitted") return sorted([...registered, ...openOn(label)])
  return label._tag === "Forgotten" ? registered.filter((other) => nameOf(other) !== nameOf(label)) : registered
}

const openOn = ({ node, shard, open }: Extract<ClusterLabel, { _tag: "ShardCommitted" }>): ReadonlyArray<Registered> =>
  open.map((session) => ({ node, shard, session }))

const nameOf = (registered: Registered): string => `${placeOf(registered)} ${registered.session}`

const sorted = (all: ReadonlyArray<Registered>): ReadonlyArray<Registered> =>
  [...new Map(all.map((registered) => [nameOf(registered), registered])).values()].sort((one, other) =>
    nameOf(one) < nameOf(other) ? -1 : 1
  )
