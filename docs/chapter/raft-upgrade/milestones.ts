/** The milestones on a node's way, and which of them come after which: seen while the reference is explored. */
import type { Memory } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, recovery, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { table } from "../exploring.ts"
import { lookingOn } from "./exploring.ts"

/** Milestones in the order of the way, each with what a node has done. */
const milestones = {
  begins: "begins with what is on its disk",
  feature: "sees that every node knows of group 0",
  setsOut: "sets out",
  U1: "U1: has had an answer of every peer",
  looks: "U2: looks for the group",
  creates: "U2: creates the group",
  finds: "U2: finds the group",
  unsure: "U2: hears of no answer to its wish to be let in",
  isIn: "U2: is let in",
  stores: "U2: stores the group's name",
  U3: "U3: knows that all of its peers are in the group",
  U4: "U4: has the schema of all members",
  U5: "U5: has had an answer of every member",
  storesSync: "U6: stores synchronize",
  synchronize: "U6: goes by synchronize",
  U7: "U7: has seen every member in synchronize",
  U8: "U8: has the schema of all members",
  early: "U7, U8: hears that a member is through",
  storesPost: "U9: stores post",
  post: "U9: goes by post",
  recovery: "begins in recovery",
  fails: "its upgrade fails",
  falls: "falls"
} as const
type Milestone = keyof typeof milestones

const steps: Partial<Record<Extract<RaftUpgradeLabel, { _tag: "StepEnded" }>["step"], Milestone>> = {
  dryRunOnPeers: "U1",
  allJoined: "U3",
  firstSync: "U4",
  dryRunOnMembers: "U5",
  allSynchronize: "U7",
  secondSync: "U8"
}

const milestoneOf = (label: RaftUpgradeLabel): Milestone | undefined => {
  switch (label._tag) {
    case "Booted":
      return label.state === recovery ? "recovery" : "begins"
    case "FeatureSeen":
      return "feature"
    case "FiberBegan":
      return "setsOut"
    case "StepEnded":
      return steps[label.step]
    case "DiscoveryBegan":
      return "looks"
    case "Led":
      return "creates"
    case "GroupFound":
      return "finds"
    case "ReconfigurationEnded":
      if (label.purpose !== "join") return undefined
      return label.failure === null ? "isIn" : "unsure"
    case "GroupStored":
      return "stores"
    case "StateStored":
      return label.state === synchronize ? "storesSync" : "storesPost"
    case "StateEntered":
      return label.state === synchronize ? "synchronize" : label.state === post ? "post" : undefined
    case "FinishedEarly":
      return "early"
    case "FiberFailed":
      return "fails"
    case "Stopped":
    case "Crashed":
      return "falls"
    default:
      return undefined
  }
}

/** Each node's last milestone. */
type Last = Readonly<Record<string, Milestone>>

const last: Memory<Last, RaftUpgradeLabel> = {
  name: "where everybody is",
  init: {},
  on: (before, label) => {
    const milestone = milestoneOf(label)
    if (milestone === undefined || !("node" in label)) return before
    return Object.fromEntries(Object.entries({ ...before, [label.node]: milestone }).sort())
  }
}

/** What comes after what in these scopes of the reference. */
const successors = (scopes: ReadonlyArray<string>): ReadonlyMap<Milestone, ReadonlySet<Milestone>> => {
  const found = new Map<Milestone, Set<Milestone>>()
  for (const scope of scopes)
    lookingOn(scope, last, (before, label) => {
      const next = milestoneOf(label)
      const from = next === undefined || !("node" in label) ? undefined : before[label.node]
      if (next === undefined || from === undefined) return
      found.set(from, (found.get(from) ?? new Set<Milestone>()).add(next))
    })
  return found
}

const order = Object.keys(milestones) as ReadonlyArray<Milestone>

const numbered = (milestone: Milestone): string => `${order.indexOf(milestone) + 1}`

/** One row a milestone that some node comes to: what it has done, and what it may do next. That it may fall at any time is said once. */
export const milestonesTable = (scopes: ReadonlyArray<string>): string => {
  const found = successors(scopes)
  const isSeen = (milestone: Milestone): boolean =>
    found.has(milestone) || [...found.values()].some((next) => next.has(milestone))
  return table(
    ["", "a node", "and then"],
    order.filter(isSeen).map((milestone) => {
      const next = [...(found.get(milestone) ?? [])].sort((one, other) => order.indexOf(one) - order.indexOf(other))
      const told = next.filter((one) => one !== "falls").map(numbered)
      return [numbered(milestone), milestones[milestone], told.join(", ") || "–"]
    })
  )
}
