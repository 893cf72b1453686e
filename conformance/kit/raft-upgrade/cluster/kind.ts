/** Kinds of steps of clusters on their way to group 0. */
import { type KindOf, kindOf } from "../../cluster/kind.ts"
import type { ClusterRun } from "./cluster-run.ts"
import type { Deed } from "./cluster-under-test.ts"

export type Kind = KindOf<ClusterRun>

/** A kind that does something to the cluster, said by its choice. */
export const deedKind = <Choice>(
  rule: string,
  weight: number,
  choices: (run: ClusterRun) => ReadonlyArray<Choice>,
  deed: (choice: Choice, run: ClusterRun) => Deed
): Kind => kindOf(rule, weight, choices, (run, choice) => run.perform(deed(choice, run)))
