/** Small specifications whose verdicts are known by thinking. */
import { describe, expect, it } from "vitest"
import type { Fairness } from "../../kernel/system.ts"
import { explore } from "../explore.ts"
import { smallSystem, ways } from "./small-system.test-support.ts"

/** Waiting ends. */
const holds = "holds"
/** A run stops after so many steps and waits for ever. */
const stops = (length: number) => ({ length, loop: 0 })
/** After so many steps a run goes round so many steps for ever. */
const round = (length: number, loop: number) => ({ length, loop })

interface Case {
  readonly title: string
  readonly steps: string
  readonly weak?: string
  readonly strong?: string
  /** The places where somebody waits. */
  readonly waits: ReadonlyArray<number>
  readonly verdict: typeof holds | { readonly length: number; readonly loop: number }
}

const cases: ReadonlyArray<Case> = [
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
  },
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

const named = (names: string | undefined, fair: Fairness): ReadonlyArray<readonly [string, Fairness]> =>
  (names ?? "").split(" ").map((name) => [name, fair] as const)

describe("liveness", () => {
  it.each(cases.map((one) => [one.title, one] as const))(
    "is right about: %s",
    (_, { steps, weak, strong, waits, verdict }) => {
      const fair = Object.fromEntries([...named(weak, "weak"), ...named(strong, "strong")])
      const [law] = explore(smallSystem(ways(steps), fair, waits)).laws
      const { length = -1, story = [] } = law!
      expect(law!.verdict === "holds" ? holds : round(length, story.length - length)).toEqual(verdict)
    }
  )

  it("is tried on at least 40 specifications", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40)
  })
})
