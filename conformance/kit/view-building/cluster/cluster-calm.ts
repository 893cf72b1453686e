/** The end of a run: nothing goes wrong any more, and everything that was begun comes to an end. */
import type { ClusterRun } from "./cluster-run.ts"

/** Events after which nobody believes any more that it comes to an end by itself, in one step of time and in all. */
const mostAtOnce = 20_000
const stepMs = 200
const steps = 300

/**
 * Takes back every fault, and lets time pass until nothing is left to be done.
 *
 * That nothing is left is then judged by the laws which say that waiting ends: all that they are given, but endless time, is so.
 */
export const calm = async (run: ClusterRun): Promise<void> => {
  await heal(run)
  await rest(run)
  if (!run.isOver) run.judgeWaiting()
}

/** Lets everything happen, and time pass, until nobody has anything left to do. */
const rest = async (run: ClusterRun): Promise<void> => {
  await run.work(mostAtOnce)
  for (let step = 0; step < steps && !run.isOver && !run.isIdle(); step++) {
    await run.perform({ _tag: "PassTime", milliseconds: stepMs })
    await run.work(mostAtOnce)
  }
}

const heal = async (run: ClusterRun): Promise<void> => {
  run.held.clear()
  for (const [node, place] of [...run.paused.values()]) await run.perform({ _tag: "Resume", node, place })
  for (const node of [...run.cutOff]) await run.perform({ _tag: "Heal", node })
  for (const node of [...run.lagging]) await run.perform({ _tag: "CatchUp", node })
  for (const node of [...run.untold]) await run.perform({ _tag: "Tell", node })
  for (const node of [...run.down]) await run.perform({ _tag: "Boot", node })
  for (const node of [...run.convicted]) await run.perform({ _tag: "Mark", node, alive: true })
  await run.work(mostAtOnce)
  // A leader that has fallen leads no more, also if it is back.
  await run.perform({ _tag: "Elect", node: run.leader })
}
