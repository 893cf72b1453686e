/** Errors that blame the model: a rule, cell, view or law function that threw, and the way to the state where it did. */

/** What one step of a story says: who did what, and what it looked like from outside. */
export interface StoryStep<L> {
  readonly rule: string
  readonly actor: string
  readonly labels: ReadonlyArray<L>
}

/** A story as numbered lines. */
export const tellStory = (story: ReadonlyArray<StoryStep<unknown>>): string =>
  story
    .map((step, index) => `${index + 1}. ${step.actor}: ${step.rule} ${step.labels.map(asText).join(" ")}`.trimEnd())
    .join("\n")

const asText = (label: unknown): string => JSON.stringify(label)

/** A function of the model failed; whoever knows the state turns this into a `ModelError`. */
export class Fault extends Error {
  override readonly name = "Fault"
}

/** A function of the model failed at a state: a bug in the model, not a violated law. */
export class ModelError extends Error {
  override readonly name = "ModelError"
  readonly story: ReadonlyArray<StoryStep<unknown>>

  constructor(fault: Fault, story: ReadonlyArray<StoryStep<unknown>>, during?: string) {
    const where = story.length === 0 ? "in the initial state" : `after this story:\n${tellStory(story)}`
    const rule = during === undefined ? "" : `, while rule ${during} fired`
    super(`${fault.message}${rule}, ${where}`, { cause: fault.cause })
    this.story = story
  }
}

/** Runs a function of the model and turns what it throws into a `Fault` that says whose function it was. */
export const blaming = <A>(whose: () => string, run: () => A): A => {
  try {
    return run()
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    throw new Fault(`${whose()} threw ${thrown}`, { cause: thrown })
  }
}
