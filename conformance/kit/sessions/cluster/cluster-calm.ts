/** The end of a run: nothing goes wrong any more, and everything that was begun comes to an end. */
import type { ClusterRun } from "./cluster-run.ts"

/** Events after which nobody believes any more that it comes to an end by itself, in one second and in all. */
const mostAtOnce = 20_000
const seconds = 90

/**
 * Takes back every fault that can be taken back, and lets time pass until nothing is left to be done.
 *
 * A node that was declared dead stays dead. That nothing is left is then judged by the laws which say that waiting ends: all
 * that they are given, but endless time, is so.
 */
export const calm = async (run: ClusterRun): Promise<void> => {
  await heal(run)
  await run.work(mostAtOnce)
  for (let second = 0; second < seconds && !run.isOver && !run.isIdle(); second++) {
    await run.perform({ _tag: "PassTime", milliseconds: 1000 })
    await run.work(mostAtOnce)
  }
  if (!run.isOver) run.judgeWaiting()
}

const heal = async (run: ClusterRun): Promise<void> => {
  run.held.clear()
  for (const [node, place] of [...run.paused.values()]) await run.perform({ _tag: "Resume", node, place })
  for (const node of [...run.cutOff]) await run.perform({ _tag: "Heal", node })
  for (const node of [...run.lagging]) await run.perform({ _tag: "CatchUp", node })
  for (const node of [...run.down]) if (!run.metadata.ignored.includes(node)) await run.perform({ _tag: "Boot", node })
  await run.work(mostAtOnce)
  const [first] = run.up
  // A leader that has fallen leads no more, also if it is back.
  if (first !== undefined) await run.perform({ _tag: "Elect", node: run.up.includes(run.leader) ? run.leader : first })
}
