/** What may be asked about a cluster in a conversation. */

import { placeOf } from "../../../../spec/metadata.ts"
import { TableId, ViewId } from "../../../../spec/view-building/ids.ts"
import { statusesOf, type Task, tableOf } from "../../../../spec/view-building/metadata.ts"
import type { Cluster } from "./twin.test-support.ts"

interface Question {
  readonly form: RegExp
  readonly answer: (cluster: Cluster, ...words: ReadonlyArray<string>) => ReadonlyArray<string>
}

const or = (words: string, nothing: string): string => (words === "" ? nothing : words)

/** `5 v from 4 of t on A.0`, and `aborted` where it is. */
const taskWords = ({ id, type, state, base, view, replica, lastToken }: Task): string =>
  `${id} ${type === "build_range" ? view : "staging"} from ${lastToken} of ${base} on ${placeOf(replica)}${
    state === "alive" ? "" : `, ${state}`
  }`

export const answers: ReadonlyArray<Question> = [
  { form: /^tasks\?$/, answer: ({ state }) => (state.tasks.length === 0 ? ["no task"] : state.tasks.map(taskWords)) },
  {
    form: /^statuses\?$/,
    answer: ({ state }) => {
      const views = state.tables.flatMap((table) => table.views)
      const told = views.map((view) => {
        const rows = statusesOf(state, view).map(({ node, status }) => `${node} ${status}`)
        return `${view}: ${or(rows.join(", "), "nothing")}`
      })
      return told.length === 0 ? ["no view"] : told
    }
  },
  { form: /^base in hand\?$/, answer: ({ state }) => [state.processing ?? "none"] },
  {
    form: /^least id\?$/,
    answer: ({ state }) => [state.minTask === null ? "none" : String(state.minTask)]
  },
  {
    form: /^tablets of (\w+)\?$/,
    answer: ({ state }, name = "") =>
      (tableOf(state, TableId.make(name))?.tablets ?? []).map(
        ({ lastToken, replicas, transition }) =>
          `${lastToken} on ${replicas.map(placeOf).join(" ")}${transition === null ? "" : `, in ${transition.stage}`}`
      )
  },
  {
    form: /^rows of view (\w+) on (\w)\?$/,
    answer: (cluster, name = "", node = "") => [or(cluster.view(node, ViewId.make(name)).join(" "), "nothing")]
  },
  {
    form: /^rows of (\w+) on (\w)\?$/,
    answer: (cluster, name = "", node = "") => [or(cluster.base(node, TableId.make(name)).join(" "), "nothing")]
  },
  { form: /^built on (\w)\?$/, answer: (cluster, node = "") => [or(cluster.on(node).builtViews.join(" "), "nothing")] },
  {
    form: /^batches in all\?$/,
    answer: (cluster) => [String(cluster.of("BatchBegan").length)]
  },
  {
    form: /^calls in all\?$/,
    answer: (cluster) => [String(cluster.of("CallSent").length)]
  },
  {
    form: /^in staging on (\w)\?$/,
    answer: (cluster, node = "") => {
      const { store } = cluster.member(node)
      const all = store.shards.flatMap((shard) =>
        shard.bases.flatMap((base) =>
          shard.data(base).staging.map(({ sstable }) => `${sstable} on ${node}.${shard.shard}`)
        )
      )
      return all.length === 0 ? ["nothing"] : all
    }
  }
]
