/** Steps in which nothing is done to a cluster: time passes, and everything happens that can. */
import { kindOf } from "../../cluster/kind.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { deedKind, type Kind } from "./kind.ts"

/** Events after which nobody believes any more that it comes to an end without time passing. */
const mostAtOnce = 20_000
/** Whoever wakes up may go to sleep again: no step is so long that it would sleep over the end of that. */
const stepMs = 500

/** Everything happens in its order for so many seconds, or until something is so. */
export const goOn = async (run: ClusterRun, seconds: number, isEnough: () => boolean = () => false): Promise<void> => {
  await run.work(mostAtOnce)
  for (let step = 0; step < (seconds * 1_000) / stepMs && !run.isOver && !isEnough(); step++) {
    await run.perform({ _tag: "PassTime", milliseconds: stepMs })
    await run.work(mostAtOnce)
  }
}

export const timeKinds: ReadonlyArray<Kind> = [
  deedKind(
    "time passes",
    15,
    () => [100, 500, 2_000, 6_000],
    (milliseconds) => ({ _tag: "PassTime", milliseconds })
  ),
  kindOf(
    "all goes on for a while",
    25,
    () => [1, 3, 10],
    (run: ClusterRun, seconds) => goOn(run, seconds)
  )
]
