/** The scopes of discovery alone. Counts are pinned: whoever changes a rule sees what it changes here. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { V9 } from "../../../spec/raft-upgrade/laws/waiting.ts"
import { discoveryLaws } from "../../../spec/raft-upgrade/laws.ts"
import type { Scope } from "../../kernel/scope.ts"
import { planned } from "../planned.ts"
import { discoveryAlone } from "./alone.ts"
import { assuming, type DiscoveryBounds, two } from "./bounds.ts"
import { asShipped, type DiscoveryVariant, reference, varied } from "./variant.ts"

const scope = planned<DiscoveryVariant, DiscoveryBounds>(({ variant, bounds }, { variant: changed, without }) =>
  discoveryAlone(varied({ ...reference, ...variant }, changed), assuming({ ...two, ...bounds }, without), [
    ...discoveryLaws,
    V9
  ])
)

/** Everybody knows everybody, as the members of one ring do. */
const ring = (...names: ReadonlyArray<string>): Pick<DiscoveryBounds, "seeds"> => ({
  seeds: Object.fromEntries(names.map((name) => [name, names.filter((other) => other !== name)]))
})

/** Each is told of the next one. */
const round: Pick<DiscoveryBounds, "seeds"> = { seeds: { A: ["B"], B: ["C"], C: ["A"] } }

/** A comes by way of B to two that know each other, and has the smallest server. */
const side: Pick<DiscoveryBounds, "seeds" | "order"> = {
  seeds: { A: ["B"], B: ["C"], C: ["B"] },
  order: ["A", "C", "B"]
}

/** Two come to a third, who knows nobody. */
const inward: Pick<DiscoveryBounds, "seeds"> = { seeds: { A: ["C"], B: ["C"], C: [] } }

/** Scopes in which every law holds. */
const holding = [
  scope("two", {
    about: "Two nodes that know each other, an answer that may be lost, and a fall at any moment.",
    bounds: { falls: 1, losses: 1 },
    pinned: [420, 1_068, 18]
  }),
  scope("three", {
    about: "Three nodes that know each other; answers may be late.",
    bounds: ring("A", "B", "C"),
    pinned: [47_300, 189_367, 25]
  }),
  scope("threeRound", {
    about: "Three nodes of which each is told of one, and two falls.",
    bounds: { ...round, answers: "atOnce", falls: 2 },
    pinned: [12_709, 56_446, 25]
  }),
  scope("threeLate", {
    about: "The node with the smallest server comes by way of another, while one of those it comes to falls.",
    bounds: { ...side, answers: "atOnce", falls: 1 },
    pinned: [5_044, 18_450, 19]
  }),
  scope("threeInward", {
    about: "Who is told of nobody creates the group at once, and those who come to it find it.",
    bounds: { ...inward, falls: 1 },
    pinned: [391, 1_164, 14]
  }),
  scope("four", {
    about: "Four nodes, each told of one other.",
    bounds: { seeds: { ...side.seeds, D: ["A"] }, answers: "atOnce" },
    pinned: [156_958, 885_111, 27]
  })
]

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  scope("leaderAnswers", {
    about: "M1: who creates the group tells whom it knows, and another creates one too.",
    variant: { leaderAnswers: "peers" },
    bounds: { ...inward, answers: "atOnce", falls: 1 },
    pinned: [2_319, 4_930, 14],
    mustFail: { S1: 7, S4: 5 }
  }),
  scope("forgetsPeers", {
    about: "M2: whom a node knows is in its memory alone.",
    variant: { peersOn: "memory" },
    bounds: { falls: 1 },
    pinned: [239, 524, 15],
    mustFail: { S3: 2 }
  }),
  scope("newServer", {
    about: "M3: a node makes its server's identity anew after a fall, and nobody can place it.",
    variant: { server: "madeAnew" },
    bounds: { falls: 1 },
    pinned: [302, 612, 12],
    mustFail: { V9: 6 }
  }),
  scope("asShippedReveals", {
    about: "Shipped, M4: others are told of a group whose name may be lost in a fall, and then there are two.",
    variant: { reveals: asShipped.reveals },
    bounds: { falls: 1 },
    pinned: [250, 543, 15],
    mustFail: { S1: 12, S2: 6 }
  }),
  scope("unknownServers", {
    about: "M6: a peer whose server is not known keeps nobody from creating the group.",
    variant: { unknownServers: "ignored" },
    bounds: {},
    pinned: [22, 29, 6],
    mustFail: { S1: 6, S4: 4 }
  }),
  scope("silentPeers", {
    about: "M7: a peer that did not answer is taken for one that did.",
    variant: { failedCalls: "answers" },
    bounds: { ...side, answers: "atOnce", falls: 1 },
    pinned: [8_229, 28_950, 20],
    mustFail: { S1: 10, S4: 8 }
  })
]

export const discoveryScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [...holding, ...failing]
