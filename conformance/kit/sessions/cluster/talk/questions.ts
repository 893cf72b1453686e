/** What may be asked about a cluster in a conversation. */
import type { ClusterLabel } from "../../../../../spec/sessions/labels.ts"
import { type Metadata, ShardId, TabletId } from "../../../../../spec/sessions/metadata.ts"
import type { ClusterRun } from "../cluster-run.ts"
import { replicaAt } from "../cluster-setups.ts"
import { describeRow } from "../cluster-words.ts"

interface Question {
  readonly form: RegExp
  readonly answer: (run: ClusterRun, ...words: ReadonlyArray<string>) => ReadonlyArray<string>
}

const committed = (labels: ReadonlyArray<ClusterLabel>): ReadonlyArray<Metadata> =>
  labels.flatMap((label) => (label._tag === "Committed" ? [label.metadata] : []))

const tabletIn = ({ tablets }: Metadata, name = "") => tablets.find(({ tablet }) => tablet === name)

const withoutRepeats = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  words.filter((word, at) => word !== words[at - 1])

export const answers: ReadonlyArray<Question> = [
  {
    form: /^stages of (\w+)\?$/,
    answer: ({ labels }, name) => [
      withoutRepeats(committed(labels).map((metadata) => tabletIn(metadata, name)?.transition?.stage ?? "-")).join(" ")
    ]
  },
  {
    form: /^sessions of (\w+)\?$/,
    answer: ({ labels }, name) => {
      const sessions = committed(labels).flatMap((metadata) => tabletIn(metadata, name)?.transition?.session ?? [])
      return [`${new Set(sessions).size} in all`]
    }
  },
  {
    form: /^replicas of (\w+)\?$/,
    answer: ({ metadata }, name) => [
      (tabletIn(metadata, name)?.replicas ?? []).map(({ node, shard }) => `${node}.${shard}`).join(" ")
    ]
  },
  {
    form: /^rows of (\w+) on (\S+)\?$/,
    answer: ({ cluster }, name = "", place = "") => {
      const { node, shard } = replicaAt(place)
      const rows = cluster.rows(node, ShardId.make(shard), TabletId.make(name))
      return [rows.length === 0 ? "nothing" : rows.map(describeRow).join(" ")]
    }
  },
  {
    form: /^who is still inside\?$/,
    answer: ({ labels }) => {
      const inside = labels.flatMap((label, at) => {
        if (label._tag !== "Entered") return []
        const { node, shard, session, work } = label
        const isOut = labels
          .slice(at)
          .some(
            (later) =>
              (later._tag === "Left" && later.node === node && later.shard === shard && later.work === work) ||
              (later._tag === "Stopped" && later.node === node)
          )
        return isOut ? [] : [`${work} in ${session} on ${node}.${shard}`]
      })
      return inside.length === 0 ? ["nobody"] : inside
    }
  }
]
