/** Which story shows which case. */
import type { LineOf } from "./lines.ts"
import type { At, Run } from "./run.ts"

/** What can be told of a case that is not as it should be. */
export type ShownBy = At<LineOf<"Divergence">> | At<LineOf<"Counterexample">>

/** The stories of a case. */
export const storiesOf = ({ divergences, counterexamples }: Run, id: string): ReadonlyArray<ShownBy> =>
  [...divergences, ...counterexamples].filter((story) => story.case === id)
