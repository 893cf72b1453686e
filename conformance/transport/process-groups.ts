/** Process groups that were started here, so that whoever ends this process ends them too. */
import { readdirSync, readFileSync } from "node:fs"
import { setTimeout } from "node:timers/promises"

/** Told of each group as it begins and as nothing is left of it. */
export type GroupWatcher = (group: number, lives: boolean) => void

const watchers = new Set<GroupWatcher>()

export const watchGroups = (watcher: GroupWatcher): void => void watchers.add(watcher)

export const groupBegins = (group: number): void => {
  for (const watcher of watchers) watcher(group, true)
}

/**
 * Kills whoever is left of a group, and waits until nobody lives in it.
 *
 * A signal that was sent is not yet a death: the processes may not have run since. Whoever cannot be killed is given up
 * after `patienceMs`, and is told to nobody as gone, so that the end of this process tries once more.
 */
export const endGroup = async (group: number, patienceMs: number): Promise<void> => {
  const until = performance.now() + patienceMs
  for (let pause = 1; livesInGroup(group); pause = Math.min(2 * pause, 50)) {
    if (performance.now() > until) return
    signalGroup(group, "SIGKILL")
    await setTimeout(pause)
  }
  for (const watcher of watchers) watcher(group, false)
}

/** Signals every process of a group. A group that is gone is left alone. */
export const signalGroup = (group: number, signal: "SIGTERM" | "SIGKILL"): void => {
  try {
    process.kill(-group, signal)
  } catch {
    // Nobody is left in it.
  }
}

/** Whether anybody of a group lives. Where nobody asks how it ended, as in many containers, the dead keep their entry. */
export const livesInGroup = (group: number): boolean => {
  try {
    process.kill(-group, 0)
  } catch {
    return false
  }
  return processes()?.some((process) => groupIfAlive(process) === group) ?? true
}

/** Every process of this machine; nothing where the system does not tell. */
const processes = (): ReadonlyArray<string> | undefined => {
  try {
    return readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name))
  } catch {
    return undefined
  }
}

/** The group of a process that lives. */
const groupIfAlive = (process: string): number | undefined => {
  try {
    // Its name is in brackets and may hold anything, brackets too.
    const [, state, group] = /^.*\) (\S) [0-9]+ ([0-9]+) /s.exec(readFileSync(`/proc/${process}/stat`, "utf8")) ?? []
    const isDead = state === "X" || (state === "Z" && readdirSync(`/proc/${process}/task`).length < 2)
    return isDead ? undefined : Number(group)
  } catch {
    // It went away while it was looked at.
    return undefined
  }
}
