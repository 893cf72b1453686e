/** The difference between an implementation and every model state that explained it so far, as a story. */
import type { Divergence } from "./divergence.ts"
import type { Part } from "./part.ts"
import type { Option } from "./possible.ts"
import type { Reaction } from "./role-under-test.ts"
import type { PartGraph, PartMove } from "./stage.ts"

/** Where it happened, and who did it. */
export interface Parting<L, I, O, V> {
  readonly implementation: string
  readonly graph: PartGraph<L, I, O, V>
  readonly part: Part<L, I, O, V>
  /** The moves that lead there. */
  readonly way: ReadonlyArray<PartMove<L, I, O, V>>
}

/** Tells a reaction that none of an option's moves explains. */
export const parted = <L, I, O, V>(
  { implementation, graph, part, way }: Parting<L, I, O, V>,
  option: Option<L, I, O, V>,
  seen: Reaction<O, V>
): Divergence<L, O> => {
  const due = option.moves.map(([, move]) => graph.play(move))
  const [node, move] = option.moves[0]!
  const last = part.actual([move.labels], seen)
  const taken = [...way, move]
  const told = new Set(due.map((play) => part.tellDue(play).join("; ")))
  const channels = [...new Set(due.flatMap((play) => part.differs(play, seen)))].sort()
  const shown = channels.includes("shown") ? [part.tellShown(seen.observed ?? null)] : []
  return {
    implementation,
    role: part.role,
    channels,
    story: taken.map((step, position) => storyStep(step, position === taken.length - 1 ? last[0] : undefined)),
    input: part.tellInput(due[0]!.input!),
    expected: due[0]!.due,
    actual: seen.outputs,
    told: { expected: [[...told].join(", or ")], actual: [...seen.outputs.map(part.tellOutput), ...shown] },
    brokenLaws: graph.judge(node, last.flat())
  }
}

const storyStep = <L, I, O, V>(
  { rule, actor, labels }: PartMove<L, I, O, V>,
  actual: ReadonlyArray<L> | undefined
): Divergence<L, O>["story"][number] => ({ rule, actor, labels: actual ?? labels })
