/** Who has served which request with a token that was good. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { RequestId } from "../messages.ts"
import type { NodeId, Version } from "../metadata.ts"

export interface Asked {
  readonly request: RequestId
  readonly version: Version
  readonly targets: number
  /** Targets that have not said anything yet. */
  readonly silent: ReadonlyArray<NodeId>
  /** Targets that have served it, and were not past it. */
  readonly served: ReadonlyArray<NodeId>
  /** The client knows how it ended. */
  readonly told: boolean
}

/** Requests that somebody may still serve or tell the end of, in the order in which they began. */
export type Requests = ReadonlyArray<Asked>

export const requests: Memory<Requests, ClusterLabel> = {
  name: "requests",
  init: [],
  on: (before, label) => {
    switch (label._tag) {
      case "RequestBegan": {
        const { request, version, targets } = label
        return [...before, { request, version, targets: targets.length, silent: targets, served: [], told: false }]
      }
      case "Served":
        return changed(before, label.request, (asked) => ({
          ...asked,
          silent: asked.silent.filter((node) => node !== label.node),
          served:
            label.reason === null && !isStale(asked, label.fence)
              ? [...new Set([...asked.served, label.node])].sort()
              : asked.served
        }))
      case "RequestEnded":
        return changed(before, label.request, (asked) => ({ ...asked, served: [], told: true }))
      default:
        return before
    }
  }
}

const changed = (before: Requests, request: RequestId, change: (asked: Asked) => Asked): Requests =>
  before
    .map((asked) => (asked.request === request ? change(asked) : asked))
    .filter(({ told, silent }) => !told || silent.length > 0)

/** A token of 0 asks for no fence. */
export const isStale = ({ version }: Pick<Asked, "version">, fence: Version): boolean =>
  version !== 0 && version < fence

export const askedBy = (memory: Requests, request: RequestId): Asked | undefined =>
  memory.find((asked) => asked.request === request)
