/** What an implementation does after every history of inputs that anybody asks about, learned by running it. */
import type { Adapter, Reaction } from "../kit/role-under-test.ts"

/** What one more input led to, and the number of the history that is then behind the implementation. */
export interface Lesson<O, V> {
  readonly reaction: Reaction<O, V>
  readonly next: number
}

interface History<I, O, V> {
  readonly inputs: ReadonlyArray<I>
  readonly lessons: Map<string, Lesson<O, V>>
}

interface Question<I> {
  readonly history: number
  readonly input: I
}

/**
 * An implementation as a table that grows.
 *
 * An explorer asks at once and cannot wait, so what is not known yet is noted, and learned between two explorations. A
 * state of the implementation is the history that led to it: two histories may be the same state, but nobody can see that
 * from outside.
 */
export class Learned<I, O, V> {
  /** The history of an implementation that was just started. */
  static readonly start = 0
  private readonly adapter: Adapter<I, O, V>
  private readonly histories: Array<History<I, O, V>> = [{ inputs: [], lessons: new Map() }]
  private questions = new Map<string, Question<I>>()

  constructor(adapter: Adapter<I, O, V>) {
    this.adapter = adapter
  }

  /** How many histories were run. */
  get size(): number {
    return this.histories.length
  }

  /** What `input` leads to after a history; nothing where that has to be learned first. */
  after(history: number, input: I): Lesson<O, V> | undefined {
    const text = JSON.stringify(input)
    const known = this.histories[history]!.lessons.get(text)
    if (known === undefined) this.questions.set(`${history} ${text}`, { history, input })
    return known
  }

  /** Learns what was asked and not known. Says whether there was anything. */
  async learn(): Promise<boolean> {
    const { questions } = this
    this.questions = new Map()
    for (const question of questions.values()) await this.run(question)
    return questions.size > 0
  }

  private async run({ history, input }: Question<I>): Promise<void> {
    const { inputs, lessons } = this.histories[history]!
    const session = await this.adapter.start()
    for (const earlier of inputs) await session.input(earlier)
    const seen = await session.input(input)
    // A session may go on noting what happens to it while it is stopped.
    const reaction = { ...seen, outputs: [...seen.outputs] }
    await session.stop()
    lessons.set(JSON.stringify(input), { reaction, next: this.histories.length })
    this.histories.push({ inputs: [...inputs, input], lessons: new Map() })
  }
}
