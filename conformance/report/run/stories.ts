/** Which story shows which case. */
import type { LineOf } from "./lines.ts"
import type { At, Run } from "./run.ts"

/** What can be told of a case that is not as it should be. */
export type ShownBy = At<LineOf<"Divergence">> | At<LineOf<"Counterexample">>

/** The stories of a case; of a law that has none of its own, those of its role that break it besides. */
export const storiesOf = ({ divergences, counterexamples }: Run, id: string): ReadonlyArray<ShownBy> => {
  const own = [...divergences, ...counterexamples].filter((story) => story.case === id)
  if (own.length > 0) return own
  const [place, law] = id.split("/laws/")
  return divergences.filter((story) => story.law?.id === law && story.case?.startsWith(`${place}/`))
}
