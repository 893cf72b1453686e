/**
 * What group 0 said before the last command, as long as a node may still go by it.
 *
 * Kept only where nodes tell what they apply: who does not is taken to know everything that was said.
 */
import type { NodeId, Position } from "../../metadata.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import type { BuildingState } from "../metadata.ts"
import type { GroupZero } from "./group-zero.ts"

export interface Past {
  /** How far each node has come, by node, and how far it was before: a guard that was taken then may be told of now. */
  readonly read: ReadonlyArray<{ readonly node: NodeId; readonly at: Position; readonly before: Position }>
  /** What was said at each position that is not the last, from the first on that somebody goes by. */
  readonly past: ReadonlyArray<{ readonly at: Position; readonly state: BuildingState }>
}

export const unread: Past = { read: [], past: [] }

/** What was said at a position; undefined where that is not known any more. */
export const saidAt = ({ at, state, past }: GroupZero & Past, position: Position): BuildingState | undefined =>
  position === at ? (state ?? undefined) : past.find((said) => said.at === position)?.state

export const afterPast = (before: GroupZero & Past, label: ViewBuildingLabel): Past => {
  switch (label._tag) {
    case "Applied": {
      const { node, at } = label
      const known = before.read.find((one) => one.node === node)
      return needed(before.past, [
        ...before.read.filter((one) => one !== known),
        { node, at, before: known === undefined ? at : known.at }
      ])
    }
    case "Stopped":
      return needed(
        before.past,
        before.read.filter(({ node }) => node !== label.node)
      )
    case "Committed":
      return before.at === null || before.state === null
        ? needed(before.past, before.read)
        : needed([...before.past, { at: before.at, state: before.state }], before.read)
    default:
      return { read: before.read, past: before.past }
  }
}

const needed = (past: Past["past"], read: Past["read"]): Past => ({
  read: [...read].sort((one, other) => (one.node < other.node ? -1 : 1)),
  past: past.filter(({ at }) => read.some(({ before }) => at >= before))
})
