/**
 * What connects an implementation under test. An adapter executes and observes, and never judges.
 *
 * Reactions may be told at once or later; where they are told at once nothing waits.
 */

/** The implementation died, and whether it told why in words that the spec has no crash reason for. */
export interface Died {
  readonly _tag: "Died"
  /** Null where one can only see that it is gone. */
  readonly why: string | null
}

/** Something came out that is none of the role's outputs: bytes that are no packet, or a packet that was altered. */
export interface Strange {
  readonly _tag: "Strange"
  readonly channel: string
  readonly what: string
}

/** What may be seen coming out of an implementation. */
export type Seen<O> = O | Died | Strange

/** An input that did not end as a reaction: `definite` where it did not happen and will not, or else nobody knows. */
export interface Doubt {
  readonly definite: boolean
  /** Whether it was waited for in vain. */
  readonly late: boolean
  /** Whether it did not happen because the implementation has nothing of the kind. */
  readonly unsupported?: true
  readonly why: string
}

/** What one input led to, until nothing more happened by itself. */
export interface Reaction<O, V> {
  /** In order, as far as the order can be seen. */
  readonly outputs: ReadonlyArray<Seen<O>>
  /** What the implementation shows of its state; null or absent where nobody looked, or nobody is alive to show it. */
  readonly observed?: V | null
  /** Absent where the input happened and this is all that came of it. */
  readonly doubt?: Doubt
}

/** One life of an implementation in a role, from its start to its death or the end of the run. */
export interface Session<I, O, V> {
  /** Gives one input and tells what it led to. Rejects only where the adapter itself is in trouble. */
  input(input: I): Reaction<O, V> | Promise<Reaction<O, V>>
  /** Lets go of everything. It is called exactly once, also after a death. */
  stop(): void | Promise<void>
}

/** An implementation in a role, ready to be started any number of times. Sessions never share state. */
export interface Adapter<I, O, V> {
  /** The implementation, as reports name it. */
  readonly name: string
  /** How it is reached, such as `in process` or `wire`. */
  readonly way: string
  /** The role that it plays, such as `dcp/consumer-connection`. */
  readonly role: string
  start(): Session<I, O, V> | Promise<Session<I, O, V>>
}

/** Whether an output only says that the implementation is dead. */
export const isDied = (output: unknown): output is Died => tagOf(output) === "Died"

export const isStrange = (output: unknown): output is Strange => tagOf(output) === "Strange"

const tagOf = (output: unknown): unknown =>
  typeof output === "object" && output !== null && "_tag" in output ? output._tag : undefined
