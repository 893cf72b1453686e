/** Small specifications about fairness: none, weak, strong, and both together. */
import { type Case, holds, round, stops } from "./known-case.test-support.ts"

export const fairnessCases: ReadonlyArray<Case> = [
  // ---- no fairness --------------------------------------------------------------------------------------------------
  { title: "nobody waits", steps: "0 a 1, 1 a 0", waits: [], verdict: holds },
  { title: "an unfair rule may never fire", steps: "0 a 1", waits: [0], verdict: stops(0) },
  { title: "an unfair way on after one step", steps: "0 a 1, 1 b 2", waits: [1], verdict: stops(1) },
  { title: "nothing at all is enabled", steps: "", waits: [0], verdict: stops(0) },
  { title: "waiting in a dead end", steps: "0 a 1", weak: "a", waits: [0, 1], verdict: stops(1) },
  { title: "not waiting in a dead end", steps: "0 a 1", weak: "a", waits: [0], verdict: holds },
  { title: "waiting where no run ever comes", steps: "0 a 1, 2 b 2", weak: "a", waits: [2], verdict: holds },
  { title: "a loop of unfair steps may also be left alone", steps: "0 a 1, 1 b 0", waits: [0, 1], verdict: stops(0) },
  // ---- weak fairness ------------------------------------------------------------------------------------------------
  { title: "a weakly fair way out", steps: "0 out 1", weak: "out", waits: [0], verdict: holds },
  { title: "a fair chain out", steps: "0 a 1, 1 b 2, 2 c 3", weak: "a b c", waits: [0, 1, 2], verdict: holds },
  { title: "a chain whose middle is unfair", steps: "0 a 1, 1 b 2", weak: "a", waits: [0, 1], verdict: stops(1) },
  {
    title: "a weakly fair way out that is enabled all round a loop",
    steps: "0 a 1, 1 b 0, 0 out 2, 1 out 2",
    weak: "out",
    waits: [0, 1],
    verdict: holds
  },
  {
    title: "a weakly fair way out that is enabled half round a loop",
    steps: "0 a 1, 1 b 0, 0 out 2",
    weak: "a b out",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "half round a loop of unfair steps, which a run may take all the same",
    steps: "0 a 1, 1 b 0, 0 out 2",
    weak: "out",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "two weakly fair ways out, each enabled half round",
    steps: "0 a 1, 1 b 0, 0 x 2, 1 y 2",
    weak: "x y",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "two names for the way out where one would do",
    steps: "0 a 1, 1 a 0, 0 x 2, 1 x 2",
    weak: "x a",
    waits: [0, 1],
    verdict: holds
  },
  {
    title: "a loop that is the fair rule itself",
    steps: "0 a 1, 1 a 0",
    weak: "a",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "fairness is owed to a name: round by one way of a rule, never out by the other",
    steps: "0 a 1, 1 a 0, 0 a 2, 1 a 2",
    weak: "a",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "a weakly fair rule that leads elsewhere in the loop and must be on the way",
    steps: "0 a 1, 1 b 0, 0 c 2, 1 c 2, 2 d 0",
    weak: "c",
    waits: [0, 1, 2],
    verdict: round(0, 2)
  },
  {
    title: "the same with a fair way back",
    steps: "0 a 1, 1 b 0, 0 c 2, 1 c 2, 2 d 0",
    weak: "c d",
    waits: [0, 1, 2],
    verdict: round(0, 2)
  },
  // ---- strong fairness ----------------------------------------------------------------------------------------------
  { title: "a strongly fair way out", steps: "0 out 1", strong: "out", waits: [0], verdict: holds },
  {
    title: "a strongly fair way out that is enabled half round a loop",
    steps: "0 a 1, 1 b 0, 0 out 2",
    weak: "a b",
    strong: "out",
    waits: [0, 1],
    verdict: holds
  },
  {
    title: "half round an unfair loop, a run stops where the way out is closed",
    steps: "0 a 1, 1 b 0, 0 out 2",
    strong: "out",
    waits: [0, 1],
    verdict: stops(1)
  },
  {
    title: "two strongly fair ways out, each enabled half round",
    steps: "0 a 1, 1 b 0, 0 x 2, 1 y 2",
    strong: "x y",
    waits: [0, 1],
    verdict: holds
  },
  {
    title: "a strongly fair rule that goes round itself",
    steps: "0 a 1, 1 a 0",
    strong: "a",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "a loop behind the place where the strongly fair way out is open",
    steps: "0 a 1, 1 b 2, 2 c 1, 0 out 3",
    weak: "a b c",
    strong: "out",
    waits: [0, 1, 2],
    verdict: round(1, 2)
  },
  {
    title: "an inner loop that keeps away from a strongly fair way out of the outer one",
    steps: "0 a 1, 1 b 0, 1 c 2, 2 d 1, 0 out 3",
    weak: "a",
    strong: "out",
    waits: [0, 1, 2],
    verdict: stops(1)
  },
  {
    title: "the inner loop where every step is fair, weakly",
    steps: "0 a 1, 1 b 0, 1 c 2, 2 d 1, 0 out 3",
    weak: "a b c d",
    strong: "out",
    waits: [0, 1, 2],
    verdict: round(1, 2)
  },
  {
    title: "the inner loop where the way back to the outer one is strongly fair",
    steps: "0 a 1, 1 b 0, 1 c 2, 2 d 1, 0 out 3",
    weak: "a c d",
    strong: "b out",
    waits: [0, 1, 2],
    verdict: holds
  },
  {
    title: "three loops one inside another, each closed by the next strongly fair rule",
    steps: "0 a 1, 1 b 2, 2 c 3, 3 d 2, 2 e 1, 1 f 0, 0 out 4, 1 f 4, 2 e 4",
    weak: "a b c d",
    strong: "out e f",
    waits: [0, 1, 2, 3],
    verdict: holds
  },
  {
    title: "three loops, and the innermost is free",
    steps: "0 a 1, 1 b 2, 2 c 3, 3 d 2, 2 e 1, 1 f 0, 0 out 4",
    weak: "a b c d e",
    strong: "out f",
    waits: [0, 1, 2, 3],
    verdict: round(2, 2)
  },
  // ---- weak and strong together -------------------------------------------------------------------------------------
  {
    title: "weak where strong is needed",
    steps: "0 a 1, 1 b 0, 0 out 2",
    weak: "a b out",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "what is left without the strong rule's places owes a weak one",
    steps: "0 a 1, 1 b 2, 2 c 1, 1 d 3, 2 d 3, 0 out 3, 2 e 0",
    weak: "a b c d",
    strong: "out",
    waits: [0, 1, 2],
    verdict: holds
  },
  {
    title: "the same where the weak rule is not enabled everywhere in what is left",
    steps: "0 a 1, 1 b 2, 2 c 1, 1 d 3, 0 out 3, 2 e 0",
    weak: "a b c d",
    strong: "out",
    waits: [0, 1, 2],
    verdict: round(1, 2)
  },
  {
    title: "a strongly fair rule that is taken inside, and a weak one that is not",
    steps: "0 s 1, 1 b 0, 0 w 2, 1 w 2",
    strong: "s",
    weak: "w b",
    waits: [0, 1],
    verdict: holds
  }
]
