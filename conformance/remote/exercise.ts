/** What walks have exercised of a role, and what all that they saw says of the laws. */
import { type BrokenLaw, LawMemories } from "../kit/law-memories.ts"
import type { Reaction } from "../kit/role-under-test.ts"
import type { RemoteRole } from "./remote-role.ts"
import type { Transcript } from "./transcript.ts"

/** Something with how often it came up. */
export interface Counted {
  readonly name: string
  readonly times: number
}

/** What was exercised, as plain data. What came up 0 times is there too: it is what remains. */
export interface Exercised {
  /** Rules of the models' environments, by how often walks took them. */
  readonly rules: ReadonlyArray<Counted>
  /** Kinds of inputs. */
  readonly inputs: ReadonlyArray<Counted>
  /** Laws of which something that they remember has happened, in walks. */
  readonly laws: ReadonlyArray<Counted>
}

/** A law that a walk broke, with the inputs that led there. */
export interface BrokenOnTheWay<I> extends BrokenLaw {
  readonly inputs: ReadonlyArray<I>
}

export class Exercise<L, I, O, V> {
  /** Laws that were seen broken, each where it was first. */
  readonly broken = new Map<string, BrokenOnTheWay<I>>()
  private readonly role: RemoteRole<L, I, O, V>
  private readonly memories: LawMemories<L>
  private readonly rules: Map<string, number>
  private readonly inputs: Map<string, number>
  private readonly laws: Map<string, number>

  constructor(role: RemoteRole<L, I, O, V>, rules: Iterable<string>) {
    this.role = role
    this.memories = new LawMemories(role.laws)
    this.rules = new Map([...rules].map((rule) => [rule, 0]))
    this.inputs = new Map(kindsOf(role.input).map((kind) => [kind, 0]))
    this.laws = new Map(role.laws.map(({ id }) => [id, 0]))
  }

  /** Notes an input that was given, whoever chose it. */
  given(input: unknown): void {
    count(this.inputs, String(Object(input)._tag))
  }

  /** Notes a walk: rules that it took, and what laws say of all that was seen on it. */
  walked(rules: ReadonlyArray<string>, { inputs, reactions }: Transcript<I, O, V>): void {
    for (const rule of rules) count(this.rules, rule)
    const { memories, role } = this
    let known = memories.initial
    const touched = new Set<string>()
    for (const [at, seen] of reactions.entries()) {
      // What nobody knows to have happened, or to have not, is nothing that a law could be judged on.
      if (seen.doubt !== undefined) break
      const labels = role.labels(inputs[at]!, seen)
      const after = memories.after(known, memories.list(labels), labels)
      known = after.memories
      for (const law of memories.touched(known)) touched.add(law)
      for (const one of after.broken)
        if (!this.broken.has(one.law)) this.broken.set(one.law, { ...one, inputs: inputs.slice(0, at + 1) })
      if (after.broken.length > 0 || this.isOver(seen)) break
    }
    for (const law of touched) count(this.laws, law)
  }

  get exercised(): Exercised {
    return { rules: counted(this.rules), inputs: counted(this.inputs), laws: counted(this.laws) }
  }

  private isOver({ outputs }: Reaction<O, V>): boolean {
    return outputs.some(this.role.isLast)
  }
}

/** The kinds of a union of inputs, by their tags. */
const kindsOf = (schema: object): ReadonlyArray<string> => ("cases" in schema ? Object.keys(Object(schema.cases)) : [])

const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1)

const counted = (counts: ReadonlyMap<string, number>): ReadonlyArray<Counted> =>
  [...counts].map(([name, times]) => ({ name, times }))
