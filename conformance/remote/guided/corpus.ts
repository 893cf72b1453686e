/** Stories worth going on with: for each set of possible states the shortest one that led there. */
import type { Chance } from "../../../model/explorer/random.ts"
import type { Reaction } from "../../kit/role-under-test.ts"
import type { Plan } from "../course.ts"

/** What was asked, and what came of it, as plain data: a set of states is found again by following it. */
export interface Story<I, O, V> {
  readonly plan: Plan<I>
  readonly reactions: ReadonlyArray<Reaction<O, V>>
}

interface Kept<I, O, V> extends Story<I, O, V> {
  readonly states: string
  picks: number
}

/** Stories that are kept. What memory they take does not grow with the length of a check. */
const mostStories = 1_000

/** Stories of which the one is taken whose end is met least. */
const drawnAtOnce = 8

export class Corpus<I, O, V> {
  private readonly stories: Array<Kept<I, O, V>> = []
  private readonly positions = new Map<string, number>()
  private readonly most: number
  private dropped = 0

  constructor(most = mostStories) {
    this.most = most
  }

  get size(): number {
    return this.stories.length
  }

  /** Whether a story of this length that leads to this set is new, or shorter than the one that is known. */
  wants(states: string, length: number): boolean {
    const at = this.positions.get(states)
    return at === undefined || length < this.stories[at]!.plan.length
  }

  /** Keeps a story in place of the one that led to the same set, of none, or of the one that was kept first. */
  keep(states: string, story: Story<I, O, V>): void {
    const known = this.positions.get(states)
    if (known !== undefined) {
      this.stories[known] = { ...story, states, picks: this.stories[known]!.picks }
      return
    }
    const at = this.stories.length < this.most ? this.stories.length : this.dropped++ % this.most
    const gone = this.stories[at]
    if (gone !== undefined) this.positions.delete(gone.states)
    this.stories[at] = { ...story, states, picks: 0 }
    this.positions.set(states, at)
  }

  /** Of some stories the one that leads to where walks have been least, each visit counted and each pick. */
  rarest(draw: Chance, times: (states: string) => number): Story<I, O, V> | undefined {
    let best: Kept<I, O, V> | undefined
    let fewest = Number.POSITIVE_INFINITY
    for (let left = Math.min(drawnAtOnce, this.size); left > 0; left--) {
      const story = this.stories[draw(this.size)]!
      const met = times(story.states) + story.picks
      if (met >= fewest) continue
      best = story
      fewest = met
    }
    if (best !== undefined) best.picks++
    return best
  }
}
