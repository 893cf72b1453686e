/** Waiting without hanging: a run that makes no progress for too long is given up. */

/** Nothing happened for longer than anyone would wait. Whether it still may happen is not known. */
export class Hung extends Error {
  override readonly name = "Hung"

  constructor(milliseconds: number) {
    super(`no reaction within ${milliseconds} ms`)
  }
}

/**
 * The outcome of `run`, or `Hung` once `progress` has stood still for `milliseconds`.
 *
 * One timer serves a whole run, because a timer for each input would cost more than the input.
 */
export const inTime = async <A>(run: Promise<A>, progress: () => number, milliseconds: number): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const hung = new Promise<never>((_, reject) => {
    const look = (last: number): void => {
      timer = setTimeout(() => {
        const now = progress()
        if (now === last) reject(new Hung(milliseconds))
        else look(now)
      }, milliseconds)
    }
    look(progress())
  })
  try {
    return await Promise.race([run, hung])
  } finally {
    clearTimeout(timer)
  }
}
