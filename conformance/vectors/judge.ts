/** Judging transcripts without the implementation at hand: by the laws, and by every variant of the role. */
import { LawMemories } from "../kit/law-memories.ts"
import type { LawStory } from "../kit/law-walk.ts"
import { isIgnored } from "../protocol/answers.ts"
import type { Finding, RemoteResult, VariantFinding } from "../remote/remote-result.ts"
import type { RemoteRole, RemoteVariant } from "../remote/remote-role.ts"
import { Survival } from "../remote/survival.ts"
import { seenOf } from "../remote/wire-words.ts"
import { Explanation, type Judged } from "./explanation.ts"
import type { TranscriptLine } from "./vector.ts"

/** Judges what one implementation did in a role. */
export const judge = <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  implementation: string,
  lines: ReadonlyArray<TranscriptLine<I, O>>,
  more: ReadonlyArray<Finding> = []
): RemoteResult<L, O> => {
  const transcripts = lines.map((line) => judgedFrom(role, line))
  const survival = new Survival(role)
  for (const { steps, reactions } of transcripts)
    for (const [at, reaction] of reactions.entries()) survival.look(steps[at], reaction)
  return {
    implementation,
    role: role.role,
    way: "transcript",
    runs: transcripts.length,
    inputs: transcripts.reduce((sum, { reactions }) => sum + reactions.length, 0),
    laws: role.laws,
    broken: lawsBrokenIn(role, transcripts),
    variants: role.variants.map((variant) => followed(role, variant, implementation, transcripts)),
    findings: [...survival.findings(undefined), ...completeness(role, transcripts), ...more]
  }
}

const judgedFrom = <L, I, O, V>(
  { shown }: RemoteRole<L, I, O, V>,
  { id, steps, seen }: TranscriptLine<I, O>
): Judged<I, O, V> => ({
  id,
  steps,
  reactions: seen.map(({ outputs, crash, state }) => {
    const value = shown === undefined || isIgnored(state) ? undefined : Object(state)[shown.name]
    const observed = value === undefined || isIgnored(value) ? {} : { observed: value as V }
    return { outputs: seenOf(outputs, crash), ...observed }
  })
})

const lawsBrokenIn = <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  transcripts: ReadonlyArray<Judged<I, O, V>>
): ReadonlyArray<LawStory<L, I>> => {
  const memories = new LawMemories(role.laws)
  const stories = new Map<string, LawStory<L, I>>()
  for (const { steps, reactions } of transcripts) {
    const environment = role.environment()
    let known = memories.initial
    const labels: Array<L> = []
    for (const [at, reaction] of reactions.entries()) {
      // Steps were planned for another design, and may make no sense once this one has gone its own way.
      if (!environment.isSensible(steps[at]!)) break
      const now = role.labels(steps[at]!, reaction)
      labels.push(...now)
      environment.heard(now)
      const after = memories.after(known, memories.list(now), now)
      known = after.memories
      for (const broken of after.broken) {
        // Nothing can be tried again here, so the shortest story is the shortest that there is.
        const other = stories.get(broken.law)
        if (other === undefined || labels.length < other.labels.length)
          stories.set(broken.law, { ...broken, labels: [...labels], inputs: steps.slice(0, at + 1) })
      }
      // What comes behind a broken law may be its consequence.
      if (after.broken.length > 0) break
    }
  }
  return [...stories.values()]
}

const followed = <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  variant: RemoteVariant<L, I, O, V>,
  implementation: string,
  transcripts: ReadonlyArray<Judged<I, O, V>>
): VariantFinding<L, O> => {
  const { name } = variant
  const explanation = new Explanation(role, variant, implementation)
  let explained = 0
  for (const transcript of transcripts) {
    const found = explanation.of(transcript)
    if (found._tag === "Diverged") return { name, verdict: "fail", divergence: found.divergence }
    if (found._tag === "Explained") explained++
  }
  if (explained > 0) return { name, verdict: "pass" }
  return { name, verdict: "unknown", why: "nobody would ask any of these sequences of it in its scopes" }
}

const completeness = <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  transcripts: ReadonlyArray<Judged<I, O, V>>
): ReadonlyArray<Finding> => {
  const what = "completeness"
  const open = transcripts.filter(
    ({ steps, reactions }) => reactions.length < steps.length && reactions.at(-1)?.outputs.some(role.isLast) !== true
  )
  if (open.length === 0) return [{ what, verdict: "pass" }]
  const why = `${open.length} end before their steps do, and nobody has died, such as ${open[0]!.id}`
  return [{ what, verdict: "unknown", why }]
}
