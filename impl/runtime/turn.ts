/** How a test decides what happens next where several things could: it is asked for a turn before each of them. */

/** Asks for a turn. What `event` announces happens when the promise resolves. */
export type Turn = (event: string) => Promise<void>

/** Lets everything happen in the order in which it was asked for. */
export const atOnce: Turn = () => Promise.resolve()
