/** Steers the walks of one environment to sets of possible states that no walk, or few of them, have reached. */
import type { Chance } from "../../../model/explorer/random.ts"
import type { Option, Place } from "../../kit/possible.ts"
import type { Course, Plan } from "../course.ts"
import type { Transcript } from "../transcript.ts"
import { Corpus, type Story } from "./corpus.ts"
import { Novelty } from "./novelty.ts"

/** Of so many walks one begins anew and is not steered: where few have been is not the only place where it may go wrong. */
const freshOneIn = 3

/** Options that are drawn at once, to take the one that leads where walks have been least. */
const drawnAtOnce = 5

/** Steps of a story beyond which nobody goes on from its end. */
const longestStory = 120

export class Guide<L, I, O, V> {
  readonly novelty: Novelty<L, I, O, V>
  private readonly corpus: Corpus<I, O, V>
  private readonly course: Course<L, I, O, V>

  constructor(course: Course<L, I, O, V>) {
    this.course = course
    this.novelty = new Novelty(course)
    this.corpus = new Corpus()
  }

  /** Draws what to ask: anew, or going on from the end of a story that few walks have come to. */
  plan(draw: Chance, maxSteps: number): Plan<I> {
    const length = 1 + draw(maxSteps)
    const story = draw(freshOneIn) === 0 ? undefined : this.corpus.rarest(draw, (states) => this.novelty.times(states))
    const end = story === undefined ? undefined : this.endOf(story)
    if (story === undefined || end === undefined) return this.course.plan(draw, length)
    return [...story.plan, ...this.course.planFrom(end, length, (place) => this.leastMet(place, draw))]
  }

  /** Whom to tell where a walk leads. What comes behind a doubt leads nowhere that could be found again. */
  learning(plan: Plan<I>, { reactions }: Transcript<I, O, V>): (place: Place<L, I, O, V>, at: number) => void {
    let sure = true
    let taken = 0
    return (place, at) => {
      const { text, step, input } = plan[at]!
      const states = this.novelty.reached(place, step.rule, text)
      if (input !== undefined) sure &&= reactions[taken++]?.doubt === undefined
      const length = at + 1
      if (!sure || length > longestStory || place.options.length === 0 || !this.corpus.wants(states, length)) return
      this.corpus.keep(states, { plan: plan.slice(0, length), reactions: reactions.slice(0, taken) })
    }
  }

  /** The states that are possible behind a story. */
  private endOf({ plan, reactions }: Story<I, O, V>): Place<L, I, O, V> | undefined {
    let end: Place<L, I, O, V> | undefined
    this.course.follow(plan, { reactions }, "", (place) => {
      end = place
    })
    return end
  }

  private leastMet(place: Place<L, I, O, V>, draw: Chance): Option<L, I, O, V> | undefined {
    let best: Option<L, I, O, V> | undefined
    let fewest = Number.POSITIVE_INFINITY
    for (let left = drawnAtOnce; left > 0 && fewest > 0; left--) {
      const option = this.course.drawn(place, draw)
      if (option === undefined) return best
      const met = this.novelty.times(this.novelty.states(this.course.towards(option)))
      if (met >= fewest) continue
      best = option
      fewest = met
    }
    return best
  }
}
