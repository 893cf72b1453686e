/** Waits that end early when somebody asks for it. */
import type { Clock } from "./clock.ts"

/** Thrown where a wait was given up. */
export class Aborted extends Error {
  override readonly name = "Aborted"
}

/** Waits for work unless `signal` is given first: rejects with `Aborted` then, and nobody hears how the work ends. */
export const unlessAborted = async <Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> => {
  let stop = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Aborted("given up"))
    if (signal.aborted) stop()
    else signal.addEventListener("abort", stop, { once: true })
  })
  // The work may fail when nobody waits for it any more.
  work.catch(() => {})
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener("abort", stop)
  }
}

/** Lets time pass. Rejects with `Aborted` as soon as `signal` is given. */
export const sleep = async (clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> => {
  let cancel = (): void => {}
  const passed = new Promise<void>((resolve) => {
    cancel = clock.setTimer(milliseconds, resolve)
  })
  try {
    await unlessAborted(signal, passed)
  } finally {
    cancel()
  }
}
