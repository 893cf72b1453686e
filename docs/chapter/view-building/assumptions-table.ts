/** What breaks when an assumption is switched off: the reference, explored without it. */
import { assumptions } from "../../../spec/view-building/assumptions.ts"
import { table } from "../exploring.ts"
import { breaks, commandFor, exploredScope, numberOf } from "./exploring.ts"

interface Place {
  readonly scope: string
  /** What has to be switched off besides, for it does the same in another way. */
  readonly with?: string
}

/** The smallest scopes in which an assumption is missed, or in which it might be. */
const smallest: Readonly<Record<string, ReadonlyArray<Place>>> = {
  F1: [{ scope: "coordinator.emptyBase" }, { scope: "worker.failover" }],
  F2: [{ scope: "coordinator.hostDown" }],
  F3: [{ scope: "coordinator.emptyBase" }],
  F4: [{ scope: "coordinator.views" }],
  F5: [{ scope: "coordinator.emptyBase" }],
  F6: [{ scope: "coordinator.emptyBase" }],
  F7: [{ scope: "coordinator.members" }, { scope: "worker.viewsDropped", with: "F3" }],
  F8: [{ scope: "coordinator.stagingAlone" }, { scope: "worker.stagedAndDropped" }],
  F9: [{ scope: "coordinator.lostCall" }, { scope: "worker.failover" }],
  F10: [{ scope: "coordinator.removedReplica" }],
  F11: [{ scope: "worker.rowDeleted" }]
}

/** One row an assumption and scope. Every law that breaks is named, with the steps of its shortest story. */
export const assumptionsTable = (): string =>
  table(
    ["assumption", "without it breaks, in steps", "command"],
    assumptions.flatMap(({ id, sentence }) => {
      const number = numberOf(id)
      const places = smallest[number]
      if (places === undefined) throw new TypeError(`no scope is named for assumption ${number}`)
      return places.map(({ scope, with: other }, index) => {
        const changes = { without: [number, ...(other === undefined ? [] : [other])] }
        const broken = breaks(exploredScope(scope, changes))
        const again = other === undefined ? "the same" : `the same, and ${other}`
        return [
          index === 0 ? `**${number}** ${sentence}` : again,
          broken === "" ? "nothing" : broken,
          `\`${commandFor(scope, changes)}\``
        ]
      })
    })
  )
