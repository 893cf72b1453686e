/** The registry on random walks, judged by the laws alone. */
import { lawStories } from "../../../kit/law-walk.ts"
import { registryLawGround } from "../../../kit/sessions/by-laws.ts"
import { bounded } from "../../../kit/sessions/registry-ground.ts"
import { describeRegistryInput } from "../../../kit/sessions/registry-words.ts"
import type { Exam } from "../exam.ts"

/** Walks, the same for everybody. */
const budget = { runs: 1_500, maxSteps: 30 }

export const obeysLaws: Exam = {
  name: "walks judged by laws",
  async *findings(subject, seed) {
    const ground = registryLawGround(bounded)
    for await (const { law, why, inputs } of lawStories(ground, () => subject.start(), { ...budget, seed }))
      yield {
        law,
        by: `law ${law} on ${this.name}`,
        length: inputs.length,
        what: `${why}: ${inputs.map(describeRegistryInput).join("; ")}`
      }
  }
}
