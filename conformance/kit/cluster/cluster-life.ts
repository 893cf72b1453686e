/**
 * A whole cluster under test, whatever its protocol: it is told what happens next, and tells what it did. It never judges.
 *
 * Nothing in such a cluster happens by itself. Everything that could go one way or another (a message arrives, an entry is
 * applied, a write is on disk) is announced and waits until it is chosen, so a run is a function of what was chosen.
 */

/** What becomes of a message whose time has come. Where nobody says, it arrives if its connection still stands. */
export type Fate = "deliver" | "lose" | "duplicate"

/** Something that could happen, by a name such as `network: A to B: Write`. The same name may wait more than once. */
export interface Event {
  readonly id: number
  readonly name: string
}

/** One life of a cluster. */
export interface ClusterLife<L, Deed> {
  /** All that it has told so far. */
  readonly labels: ReadonlyArray<L>
  /** What could happen next, in the order in which it was announced. */
  readonly waiting: ReadonlyArray<Event>
  /** Lets one of the events happen, and everything that follows from it without a choice. */
  happen(event: Event, fate?: Fate): Promise<void>
  perform(deed: Deed): Promise<void>
  /** Something that must not happen did, such as a rejection that nobody expects. */
  readonly defects: ReadonlyArray<string>
  stop(): Promise<void>
}

/** A cluster ready to be started any number of times. Lives share nothing. */
export interface ClusterAdapterOf<Setup, Life> {
  readonly name: string
  readonly way: string
  start(setup: Setup): Promise<Life>
}
