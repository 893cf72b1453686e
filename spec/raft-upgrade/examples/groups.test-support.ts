import type { Example } from "../../example.test-support.ts"
import {
  answersGroup,
  asks,
  enters,
  gathered,
  goes,
  leads,
  peer,
  reconfigured,
  seen,
  setsOut,
  stops
} from "../histories.test-support.ts"
import type { RaftUpgradeLabel } from "../labels.ts"

const both = [...setsOut("A", "B"), ...setsOut("B", "A")]
const stored = (node: string, group = 1) => seen("GroupStored", { node, group })
const asked = (node: string, to: string, ...nodes: ReadonlyArray<string>) =>
  seen("ExchangeAsked", { node, to, peers: nodes.map(peer) })

/** Which group there is, and who is in it: S1, S2, S3, S4, S13, S14, S20, S23. */
export const groupExamples: ReadonlyArray<Example<RaftUpgradeLabel>> = [
  {
    law: "S1",
    after: [...both, stored("A")],
    fine: [stored("B")],
    broken: [stored("B", 2)],
    why: "there is group 1, and B has group 2"
  },
  {
    law: "S2",
    after: [...both, leads("A")],
    fine: [stored("A"), answersGroup("A", "B")],
    broken: [answersGroup("A", "B")],
    why: "A tells B of group 1, which it has not stored"
  },
  {
    law: "S3",
    after: both,
    fine: [seen("PeersStored", { node: "A", peers: [peer("C")] }), asked("A", "B", "A", "C")],
    broken: [asked("A", "B", "A", "C")],
    why: "A tells B of C, and has not stored that"
  },
  {
    law: "S3",
    after: [...both, seen("PeersStored", { node: "A", peers: [peer("C")] })],
    fine: [seen("ExchangeAsked", { node: "A", to: "B", peers: [{ node: "C", server: null }] })],
    broken: [seen("ExchangeAsked", { node: "A", to: "B", peers: [{ node: "C", server: 9 }] })],
    why: "A tells B of C, and has not stored that"
  },
  {
    law: "S4",
    after: [...both, leads("A")],
    fine: [stops("A"), leads("B", 2)],
    broken: [leads("B", 2)],
    why: "B creates the group, and so did A"
  },
  {
    law: "S13",
    after: [...setsOut("A", "B", "C"), ...gathered("A", "B")],
    fine: [reconfigured("join", "C", ["A", "B", "C"]), enters("A", "synchronize")],
    broken: [enters("A", "synchronize")],
    why: "A goes to synchronize, and C is not in its group"
  },
  {
    law: "S14",
    after: [...both, ...gathered("A", "B"), ...goes("A", "synchronize")],
    fine: [...goes("A", "post"), asks("A", "remove", "B")],
    broken: [asks("A", "remove", "B")],
    why: "A asks to remove B, and is in synchronize"
  },
  {
    law: "S20",
    after: [...both, ...gathered("A", "B")],
    fine: [reconfigured("join", "C", ["A", "B", "C"])],
    broken: [reconfigured("becomeNonVoter", "C", ["A", "B", "C"])],
    why: "C is in group 1 by a becomeNonVoter of C"
  },
  {
    law: "S23",
    after: [...both, stored("A"), stored("B", 2)],
    fine: [seen("PeersKnown", { node: "A", peers: [] })],
    broken: [seen("PeersKnown", { node: "A", peers: ["B"] })],
    why: "A is in group 1 and takes B for its peer, which is in another"
  }
]
