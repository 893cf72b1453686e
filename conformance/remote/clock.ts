/** What the kit waits by. Tests give it another, so that none of them depends on how busy a machine is. */
export interface Clock {
  /** Calls back once so many milliseconds are over, unless it is cancelled before. */
  after(ms: number, over: () => void): Cancel
}

export type Cancel = () => void

export const wallClock: Clock = {
  after: (ms, over) => {
    const timer = setTimeout(over, ms)
    return () => clearTimeout(timer)
  }
}
