/** The history of a cluster of sessions out of the journals of its processes, whole or not at all. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { RequestId } from "../../../spec/sessions/messages.ts"
import { checkLog, HistoryLost } from "../journals.ts"

/** A request that a client has heard the end of. */
export interface Heard {
  readonly request: RequestId
  readonly ok: boolean
}

/** Whatever a client was told must be in the history, and group 0's log from its first position to its last. */
export const checkComplete = (labels: ReadonlyArray<ClusterLabel>, heard: ReadonlyArray<Heard>, head: number): void => {
  const ended = new Map(labels.flatMap((label) => (label._tag === "RequestEnded" ? [[label.request, label.ok]] : [])))
  for (const { request, ok } of heard) {
    if (!ended.has(request)) throw new HistoryLost(`a client has heard of ${request}, and no journal tells of its end`)
    if (ended.get(request) !== ok) throw new HistoryLost(`a client has heard another end of ${request} than is told`)
  }
  checkLog(
    labels.flatMap((label) => (label._tag === "Committed" ? [label.at] : [])),
    head
  )
}
