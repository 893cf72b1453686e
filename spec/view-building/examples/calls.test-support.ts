import type { Example } from "../../example.test-support.ts"
import {
  arrives,
  barrier,
  begins,
  change,
  elected,
  fails,
  guard,
  moving,
  refuses,
  returns,
  says,
  seen,
  sends,
  table,
  tablet
} from "../histories.test-support.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { inHand, picked } from "./ground.test-support.ts"

const leads = [elected(1), ...picked, guard(3)]
const applied = (at: number) => seen("Applied", { node: "A", at })
const goesAway = (at: number) =>
  says(at, { ...inHand, tables: [table([moving(4, "streaming"), tablet(9, "B.0")], "v")] })
const waited = (ms: number) => seen("Elapsed", { ms })
const collected = (at: number, id: number) => says(at, inHand, change("CollectTasks", { tasks: [id] }))

/** What a coordinator asks for, and whom a worker turns away: S2, S3w, S12, S22, S24, S27. */
export const callExamples: ReadonlyArray<Example<ViewBuildingLabel>> = [
  {
    law: "S2",
    after: [...leads, sends(1, "A.0", [1])],
    fine: [returns(1, []), sends(2, "A.0", [1])],
    broken: [sends(2, "A.0", [1])],
    why: "call 2 goes to A.0, and call 1 has not come back"
  },
  {
    law: "S3w",
    after: [...picked, arrives(1, "A.0", [1])],
    fine: [barrier(1, "A.0", 3), begins(1, "A.0", [1], { call: 1 })],
    broken: [barrier(1, "A.0", 3, 2), begins(1, "A.0", [1], { call: 1 })],
    why: "batch 1 starts for a coordinator of term 1, and the term is 2"
  },
  {
    law: "S12",
    after: leads,
    fine: [sends(1, "A.0", [1])],
    broken: [goesAway(4), guard(4), sends(1, "A.0", [1])],
    why: "call 1 asks for task 1, whose tablet is in transition"
  },
  {
    // Who commits between a coordinator's look and its guard does not take back what it has seen.
    law: "S12",
    after: [elected(1), ...picked, applied(3), goesAway(4)],
    fine: [guard(3), sends(1, "A.0", [1])],
    broken: [applied(4), says(5, inHand), guard(4), sends(1, "A.0", [1])],
    why: "call 1 asks for task 1, whose tablet is in transition"
  },
  {
    // Nobody tells what they apply, so what was said before the last command is not known.
    law: "S12",
    after: [elected(1), ...picked, goesAway(4)],
    fine: [guard(3), sends(1, "A.0", [1])],
    broken: [sends(1, "A.0", [1])],
    why: "call 1 is sent under no guard"
  },
  {
    // What a node believed of others is gone with it.
    law: "S12",
    after: [seen("HostMarked", { by: "A", node: "B", alive: false })],
    fine: [seen("Stopped", { node: "A" }), seen("Restarted", { node: "A" }), ...leads, sends(1, "B.0", [2])],
    broken: [...leads, sends(1, "B.0", [2])],
    why: "call 1 goes to B, which is believed to be down"
  },
  {
    law: "S22",
    after: [...leads, sends(1, "A.0", [1]), fails(1)],
    fine: [waited(1_000), sends(2, "A.0", [1])],
    broken: [waited(999), sends(2, "A.0", [1])],
    why: "call 2 goes to A.0 999 ms after one has failed"
  },
  {
    law: "S24",
    after: [...picked, collected(4, 1)],
    fine: [waited(200), collected(5, 2)],
    broken: [collected(5, 2)],
    why: "the coordinator of term 1 collects again after 0 ms"
  },
  {
    law: "S27",
    after: [...picked, begins(1, "A.0", [1]), arrives(1, "A.0", [1, 3])],
    fine: [seen("CallAttached", { node: "A", shard: 0, call: 1, batch: 1 })],
    broken: [refuses(1, "A.0", "Busy")],
    why: "call 1 is refused with Busy, and A.0 is working on task 1"
  }
]
