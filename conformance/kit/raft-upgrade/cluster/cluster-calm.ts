/** The end of a run: nothing goes wrong any more, and the operator sees to it that everybody arrives. */
import type { ClusterRun } from "./cluster-run.ts"
import { goOn } from "./time-kinds.ts"

/** How long everybody is given to arrive, before the operator takes it that those who are left are stuck. */
const patienceSeconds = 150
/** How long it takes where nobody is missing. */
const firstSeconds = 60
/** After everybody has arrived: something may still be told to those who are behind. */
const afterwardsSeconds = 5
const betweenStepsSeconds = 2

/**
 * Takes back every fault, has the operator end what he has begun, and lets time pass until nothing is left to be done.
 *
 * That nothing is left is then judged by the laws which say that waiting ends: all that they are given, but endless time, is so.
 */
export const calm = async (run: ClusterRun): Promise<void> => {
  await heal(run)
  await finishRecipe(run)
  await arrive(run)
  if (needsRecipe(run)) {
    run.recover()
    await finishRecipe(run)
    await arrive(run)
  }
  await goOn(run, afterwardsSeconds)
  if (!run.isOver) run.judgeWaiting()
}

const heal = async (run: ClusterRun): Promise<void> => {
  run.held.clear()
  for (const [node, place] of [...run.paused.values()]) await run.perform({ _tag: "Resume", node, place })
  for (const [node, other] of [...run.apart.values()]) await run.perform({ _tag: "Reunite", node, other })
  for (const [kind, to] of [...run.losing.values()]) await run.perform({ _tag: "LoseNone", kind, to })
  for (const node of run.members) {
    if (!run.supporting.has(node)) await run.perform({ _tag: "SwitchOn", node })
    if (run.down.has(node)) await run.perform({ _tag: "Boot", node })
    await goOn(run, 1)
  }
}

const finishRecipe = async (run: ClusterRun): Promise<void> => {
  while (run.isRecovering && !run.isOver) {
    await run.goOnWithRecipe()
    await goOn(run, betweenStepsSeconds)
  }
}

/** Everybody arrives, if that can be: who has failed is begun again, and who is dead is taken out. */
const arrive = async (run: ClusterRun): Promise<void> => {
  await wait(run, () => run.isIdle, firstSeconds)
  // Whoever was away as it was said who has left hears of it as it begins.
  for (const node of run.behind) await run.perform({ _tag: "Restart", node })
  await goOn(run, betweenStepsSeconds)
  for (const dead of run.ghosts) {
    await wait(run, () => !run.cluster.isReconfiguring)
    const [node] = run.up
    if (node !== undefined && run.ghosts.includes(dead)) await run.perform({ _tag: "Remove", node, dead })
  }
  await wait(run, () => run.isIdle)
}

/** Lets time pass until something is so, or nobody believes in it any more. */
const wait = async (run: ClusterRun, isSo: () => boolean, seconds = patienceSeconds): Promise<void> => {
  for (;;) {
    await goOn(run, seconds, () => isSo() || run.failed.size > 0)
    if (run.failed.size === 0 || run.isOver) return
    for (const node of run.failed) await run.perform({ _tag: "Restart", node })
  }
}

/** Whether it is because of a dead node that somebody has not arrived: then nothing else helps. */
const needsRecipe = (run: ClusterRun): boolean => !run.isOver && !run.isIdle && run.lost.size > 0
