/** How a soak waits for processes: with patience, and not for ever. */

/** The longest that anything may take which has to end: as long as a machine can be busy, for it is reached only by a fault. */
export const limitMs = 240_000

const lookEveryMs = 10

/** Something that has to happen did not happen within the limit, or happened that must not. */
export class Stuck extends Error {
  override readonly name = "Stuck"
}

export const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What comes of something that has to come. */
export const inTime = async <A>(what: Promise<A>, otherwise: string): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Stuck(`${otherwise} within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([what, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Looks until something is so, or the time is over. Says whether it was so. */
export const within = async (ms: number, isSo: () => Promise<boolean>, everyMs = lookEveryMs): Promise<boolean> => {
  const end = performance.now() + ms
  for (;;) {
    if (await isSo()) return true
    if (performance.now() > end) return false
    await rest(everyMs)
  }
}
