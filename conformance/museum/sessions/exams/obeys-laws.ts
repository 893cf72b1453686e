/** The registry on random walks, judged by the laws alone. */
import { lawStories } from "../../../kit/sessions/by-laws.ts"
import { bounded } from "../../../kit/sessions/registry-ground.ts"
import { describeRegistryInput } from "../../../kit/sessions/registry-words.ts"
import type { Exam } from "../exam.ts"

/** Walks, the same for everybody. */
const budget = { runs: 1_500, maxSteps: 30 }

export const obeysLaws: Exam = {
  name: "walks judged by laws",
  async *findings(subject, seed) {
    for await (const { law, why, story } of lawStories(subject, { ...budget, seed, bounds: bounded }))
      yield {
        law,
        by: `law ${law} on ${this.name}`,
        length: story.length,
        what: `${why}: ${story.map(describeRegistryInput).join("; ")}`
      }
  }
}
