/** Process groups that were started here, so that whoever ends this process ends them too. */

/** Told of each group as it begins and as nothing is left of it. */
export type GroupWatcher = (group: number, lives: boolean) => void

const watchers = new Set<GroupWatcher>()

export const watchGroups = (watcher: GroupWatcher): void => void watchers.add(watcher)

export const groupBegins = (group: number): void => {
  for (const watcher of watchers) watcher(group, true)
}

export const groupEnds = (group: number): void => {
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
