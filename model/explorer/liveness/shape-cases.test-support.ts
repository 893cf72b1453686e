/** Small specifications about the shape of a graph: joins, stuttering, loops in loops. */
import { type Case, holds, round, stops } from "./known-case.test-support.ts"

export const shapeCases: ReadonlyArray<Case> = [
  // ---- joins --------------------------------------------------------------------------------------------------------
  {
    title: "two ways join before the dead end, and the shorter one is told",
    steps: "0 a 1, 1 a 2, 2 a 4, 0 b 3, 3 b 4",
    weak: "a b",
    waits: [4],
    verdict: stops(2)
  },
  {
    title: "ways that join and part again, out in the end",
    steps: "0 a 1, 0 b 2, 1 c 3, 2 c 3, 3 d 4, 3 e 5, 4 f 6, 5 f 6",
    weak: "a b c d e f",
    waits: [0, 1, 2, 3, 4, 5],
    verdict: holds
  },
  {
    title: "a join that is waited at on one way only: the wait ends where the other way joins",
    steps: "0 a 1, 0 b 2, 1 c 3, 2 c 3, 3 d 0",
    weak: "a b c d",
    waits: [1],
    verdict: holds
  },
  {
    title: "a way into a loop from its far side",
    steps: "0 a 1, 1 b 2, 2 c 3, 3 d 1, 0 x 3",
    weak: "a b c d x",
    waits: [1, 2, 3],
    verdict: round(1, 3)
  },
  {
    title: "two loops that share a place, one of which is not waited in",
    steps: "0 a 1, 1 b 0, 0 c 2, 2 d 0",
    weak: "a b c d",
    waits: [0, 1],
    verdict: round(0, 2)
  },
  {
    title: "two loops that share a place and a strongly fair way into the one not waited in",
    steps: "0 a 1, 1 b 0, 0 c 2, 2 d 0",
    weak: "a b d",
    strong: "c",
    waits: [0, 1],
    verdict: holds
  },
  // ---- stuttering ---------------------------------------------------------------------------------------------------
  { title: "an unfair step that changes nothing", steps: "0 a 0", waits: [0], verdict: stops(0) },
  { title: "a fair step that changes nothing, for ever", steps: "0 a 0", weak: "a", waits: [0], verdict: round(0, 1) },
  {
    title: "a poll that may be answered 'not yet' for ever",
    steps: "0 poll 0, 0 poll 1",
    weak: "poll",
    waits: [0],
    verdict: round(0, 1)
  },
  {
    title: "the same poll, strongly fair, is no better",
    steps: "0 poll 0, 0 poll 1",
    strong: "poll",
    waits: [0],
    verdict: round(0, 1)
  },
  {
    title: "a poll whose good answer is a rule of its own",
    steps: "0 poll 0, 0 answer 1",
    weak: "poll answer",
    waits: [0],
    verdict: holds
  },
  {
    title: "an unfair stutter beside a fair way out",
    steps: "0 stutter 0, 0 out 1",
    weak: "out",
    waits: [0],
    verdict: holds
  },
  {
    title: "a fair stutter at one place keeps a loop's other place open",
    steps: "0 s 0, 0 a 1, 1 b 0, 1 out 2",
    weak: "s b out",
    waits: [0, 1],
    verdict: round(0, 1)
  },
  // ---- nested loops and what must be taken in them ------------------------------------------------------------------
  {
    title: "a loop that must take two fair rules in different corners",
    steps: "0 a 1, 1 b 0, 0 x 2, 1 x 2, 2 x 0, 0 y 3, 1 y 3, 2 y 3, 3 y 0, 3 x 2",
    weak: "x y",
    waits: [0, 1, 2, 3],
    verdict: round(0, 3)
  },
  {
    title: "a strongly fair rule on a detour must be taken again and again",
    steps: "0 a 1, 1 b 0, 1 s 2, 2 d 3, 3 e 0",
    weak: "a b d e",
    strong: "s",
    waits: [0, 1, 2, 3],
    verdict: round(0, 4)
  },
  {
    title: "a detour on which the waiting ends",
    steps: "0 a 1, 1 b 0, 1 s 2, 2 d 3, 3 e 0",
    weak: "a b d e",
    strong: "s",
    waits: [0, 1, 2],
    verdict: holds
  },
  {
    title: "waiting begins only in the second loop",
    steps: "0 a 1, 1 b 0, 1 c 2, 2 d 3, 3 e 2",
    weak: "a b c d e",
    waits: [2, 3],
    verdict: round(2, 2)
  },
  {
    title: "the dead end is nearer than the loop",
    steps: "0 a 1, 1 b 2, 2 c 3, 3 d 2, 0 e 4",
    weak: "a b c d e",
    waits: [2, 3, 4],
    verdict: stops(1)
  },
  {
    title: "the loop is nearer than the dead end",
    steps: "0 a 1, 1 b 0, 1 c 2",
    weak: "a b c",
    waits: [0, 1, 2],
    verdict: round(0, 2)
  }
]
