/** What a teller has to remember of a cluster to say what is new: what was said last, who is inside, who asked for what. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { RequestId, WorkId } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, ShardId } from "../../../spec/sessions/metadata.ts"
import { place } from "./words.ts"

/** Work that was admitted and has not left. */
export interface Inside {
  readonly node: NodeId
  readonly shard: ShardId
  readonly session: SessionId
  readonly work: WorkId
}

export interface Chronicle {
  /** What group 0 said last; null until it says something in this story. */
  readonly metadata: Metadata | null
  /** Sessions that each shard has open, by place. A shard of which nothing was heard is not in here. */
  readonly open: ReadonlyMap<string, ReadonlyArray<SessionId>>
  readonly inside: ReadonlyArray<Inside>
  /** The nodes that requests of clients began on. */
  readonly requests: ReadonlyMap<RequestId, NodeId>
  /** The term of the coordinator that was heard of last. */
  readonly term: number
}

/** A label with what was known before it. */
export interface Known {
  readonly label: ClusterLabel
  readonly before: Chronicle
}

export const blank: Chronicle = { metadata: null, open: new Map(), inside: [], requests: new Map(), term: 1 }

/** The chronicle once a label was told. */
export const after = (now: Chronicle, label: ClusterLabel): Chronicle => {
  switch (label._tag) {
    case "Committed":
      return {
        ...now,
        metadata: label.metadata,
        term: label.by._tag === "Coordinator" ? label.by.term : now.term
      }
    case "BarrierBegan":
      return { ...now, term: label.term }
    case "ShardCommitted":
      return { ...now, open: new Map([...now.open, [place(label), label.open]]) }
    case "Entered":
      return { ...now, inside: [...now.inside, label] }
    case "Left": {
      const leaving = now.inside.findIndex((one) => isSame(one, label))
      return leaving < 0 ? now : { ...now, inside: now.inside.toSpliced(leaving, 1) }
    }
    case "RequestBegan":
      return { ...now, requests: new Map([...now.requests, [label.request, label.node]]) }
    case "Restarted":
    case "Stopped":
      return {
        ...now,
        inside: now.inside.filter(({ node }) => node !== label.node),
        open: new Map([...now.open].filter(([shard]) => !shard.startsWith(`${label.node}.`)))
      }
    default:
      return now
  }
}

const isSame = (one: Inside, other: Inside): boolean =>
  one.work === other.work && one.session === other.session && place(one) === place(other)

/** What a shard opens and begins to close by going over to what group 0 says. */
export const turning = (
  { open }: Chronicle,
  label: Extract<ClusterLabel, { _tag: "ShardCommitted" }>
): { readonly opens: ReadonlyArray<SessionId>; readonly closes: ReadonlyArray<SessionId> } => {
  const before = open.get(place(label)) ?? []
  return {
    opens: label.open.filter((session) => !before.includes(session)),
    closes: before.filter((session) => !label.open.includes(session))
  }
}

/** Work that is inside a session on a shard. */
export const insideOf = ({ inside }: Chronicle, shard: string, session: SessionId): ReadonlyArray<Inside> =>
  inside.filter((one) => one.session === session && place(one) === shard)

/** Work on a node that is inside a session which its shard has open no more. */
export const leftBehind = ({ inside, open }: Chronicle, node: NodeId): ReadonlyArray<Inside> =>
  inside.filter((one) => one.node === node && open.get(place(one))?.includes(one.session) === false)
