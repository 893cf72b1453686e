/** Which steps a law needs to be seen broken, however little they say: these must not disappear among their neighbours. */
import type { Law } from "../../spec/law.ts"
import { type Label, mayShareLine, type Story } from "../report/story.ts"

/**
 * Steps by their index, 0 for the first, of those that could share a line with others.
 *
 * The law judges the story without some of them. Whatever can be left out, all at once, so that it still says the same is
 * not needed.
 */
export const essentialSteps = (law: Law<Label>, story: Story): ReadonlyArray<number> => {
  const due = verdictOf(law, story)
  if (due === undefined) return []
  const left = new Set<number>()
  const saysTheSame = (out: ReadonlyArray<number>): boolean => {
    const without = new Set([...left, ...out])
    return (
      due ===
      verdictOf(
        law,
        story.map((step, index) => (without.has(index) ? { ...step, labels: [] } : step))
      )
    )
  }
  const needed = (some: ReadonlyArray<number>): ReadonlyArray<number> => {
    if (saysTheSame(some)) {
      for (const index of some) left.add(index)
      return []
    }
    if (some.length === 1) return some
    const middle = Math.ceil(some.length / 2)
    return [...needed(some.slice(0, middle)), ...needed(some.slice(middle))]
  }
  return needed(story.flatMap(({ labels }, index) => (labels.length > 0 && labels.every(mayShareLine) ? [index] : [])))
}

/** What the law says at the end of a story; nothing where it is content, or looks into states, which a story does not show. */
const verdictOf = (law: Law<Label>, story: Story): string | undefined => {
  if (law.modality !== "history" && law.modality !== "leadsTo") return undefined
  let memory = law.follows.init
  let why: string | undefined
  for (const { labels } of story) {
    why = undefined
    for (const label of labels) {
      const before = memory
      memory = law.follows.on(before, label)
      if (law.modality === "history") why ??= law.breaks(before, label, memory)
    }
  }
  return law.modality === "leadsTo" ? law.pending(memory) : why
}
