/** The four states as a picture, each way between them seen while the reference is explored. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"
import { factsOf } from "../../../spec/raft-upgrade/memories/nodes.ts"
import { post, pre, recovery, synchronize, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { lookingOn } from "./exploring.ts"

/** How a node comes to another state: by a step on its way, or because it begins anew with another text on its disk. */
type Way = "fiber" | "newcomer" | "restart"

const wayOf = (label: RaftUpgradeLabel, hasFiber: boolean): Way => {
  if (label._tag === "Booted") return "restart"
  return hasFiber ? "fiber" : "newcomer"
}

/** Every move that is seen in these scopes: `use_pre_raft_procedures synchronize fiber`. */
const movesIn = (scopes: ReadonlyArray<string>): ReadonlySet<string> => {
  const moves = new Set<string>()
  for (const scope of scopes)
    lookingOn(scope, cluster, (before, label) => {
      if (label._tag !== "StateEntered" && label._tag !== "Booted") return
      const facts = factsOf(before, label.node)
      if (facts === undefined || facts.state === label.state) return
      moves.add([facts.state, label.state, wayOf(label, facts.hasFiber)].join(" "))
    })
  return moves
}

const drawn: ReadonlyArray<readonly [from: UpgradeState, to: UpgradeState, way: Way]> = [
  [pre, synchronize, "fiber"],
  [synchronize, post, "fiber"],
  [pre, synchronize, "newcomer"],
  [synchronize, post, "newcomer"],
  // It fell when its new state was on its disk, and before it went by it.
  [pre, synchronize, "restart"],
  [synchronize, post, "restart"],
  [pre, recovery, "restart"],
  [synchronize, recovery, "restart"],
  [post, recovery, "restart"],
  [recovery, pre, "restart"]
]

const onTheWay = [
  "                 U6                          U9",
  "   (B2: a new node begins here)      (B6: a new node)",
  " pre ───────────────────────▶ synchronize ───────────────────────▶ post"
]

const asNewcomer = (moves: ReadonlySet<string>): boolean => [...moves].some((move) => move.endsWith("newcomer"))

/** The picture. Throws where a move is seen that it does not have. */
export const statesPicture = (scopes: ReadonlyArray<string>): string => {
  const moves = movesIn(scopes)
  const known = new Set(drawn.map((move) => move.join(" ")))
  const stranger = [...moves].find((move) => !known.has(move))
  if (stranger !== undefined) throw new TypeError(`the picture of the states has no way ${stranger}`)
  const isSeen = (...move: (typeof drawn)[number]): boolean => moves.has(move.join(" "))
  if (!isSeen(pre, synchronize, "fiber") || !isSeen(synchronize, post, "fiber"))
    throw new TypeError("nobody crosses over in these scopes")
  const recovers = isSeen(recovery, pre, "restart")
  const [first = "", second = "", third = ""] = onTheWay
  const below = [
    "  ▲ │                             │                                 │",
    "  │ │  R2, R3                     │  R2, R3                         │  R2, R3",
    "  │ ▼                             ▼                                 ▼",
    "  └───────────────────────────  recovery  ───────────────────────────",
    "      R5 to R8"
  ]
  return ["```text", first, ...(asNewcomer(moves) ? [second] : []), third, ...(recovers ? below : []), "```"].join("\n")
}
