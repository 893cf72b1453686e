/** A way to an adapter: lines in both directions, and an end. */

/** How a link ended, in words and as far as that can be known. */
export interface Ending {
  /** Such as `exit status 3`, `killed by SIGSEGV`, or `the connection was closed`. */
  readonly how: string
  /** What an adapter wrote to its log last. */
  readonly log: ReadonlyArray<string>
}

/** Told what comes over a link. After `ended` nothing more comes. */
export interface LinkEars {
  line(text: string): void
  tooLong(beginning: string): void
  notText(line: string): void
  ended(ending: Ending): void
}

export interface Link {
  /** How the adapter is reached, such as `stdio`. */
  readonly way: string
  /** Sends one line. What is sent after the end is lost. */
  send(line: string): void
  /** Begins to listen. Called once. */
  listen(ears: LinkEars): void
  /** What the adapter wrote to its log so far, the last lines of it. */
  log(): ReadonlyArray<string>
  /** Lets go, in the end by force, and waits until nothing is left of it. May be called more than once. */
  close(): Promise<void>
}

/** Makes a link as often as one is needed: after a death there is a new one. */
export interface Dialer {
  readonly way: string
  /** What is called, as reports name it. */
  readonly target: string
  dial(): Link
}
