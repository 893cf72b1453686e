/** A simulation behind a line as a system of the kernel, so that it can be explored like any other. */
import { Schema } from "effect"
import { register, write } from "../../../model/kernel/cell.ts"
import type { Firing, Rule, System } from "../../../model/kernel/system.ts"
import type { Law } from "../../../spec/law.ts"
import { InputAnswer, StartAnswer } from "../../protocol/answers.ts"
import type { Line } from "../line.ts"
import type { Asked, Peer } from "../peer.ts"
import { NoSuchWord } from "../wire-words.ts"
import { type SimulationInput, SimulationOutput } from "./words.ts"

/** A system that was seen, but for its laws. */
export interface LearnedSystem<L> {
  /** Whether every state was looked at. */
  readonly whole: boolean
  readonly states: number
  readonly steps: number
  /** The system before these laws. Where not all of it was seen, only those that say something of each step are in it. */
  judgedBy(laws: ReadonlyArray<Law<L>>): System<L>
}

export interface Simulation<L> {
  /** Such as `sessions/cluster-simulation`. */
  readonly role: string
  readonly label: Schema.Codec<L, unknown>
  readonly config: Readonly<Record<string, unknown>>
  readonly seed: number
  /** States after which nothing more is asked. */
  readonly mostStates: number
}

/** States in one question: enough that nobody waits for the line. */
const atOnce = 256

/** Goes to every state of a simulation. Rejects with `AdapterTrouble`. */
export const learn = async <L>(line: Line, simulation: Simulation<L>): Promise<LearnedSystem<L>> => {
  const { role, label, config, seed, mostStates } = simulation
  const peer = await line.peer()
  agreed(peer, await peer.ask("start", peer.nextStart(role, seed, config), readStart, peer.budgets.input))
  const notes = new Notes(label)
  await asking(peer, notes, { _tag: "Rules" })
  while (notes.unseen > 0 && notes.states < mostStates) {
    const before = notes.states
    const states = Array.from({ length: Math.min(atOnce, notes.unseen) }, (_, at) => before + at)
    await asking(peer, notes, { _tag: "LookAt", states })
    if (notes.states === before || notes.states > before + states.length)
      throw peer.trouble(`it was asked for ${states.length} states and told of ${notes.states - before}`)
  }
  return notes
}

const readStart = Schema.decodeUnknownResult(StartAnswer)
const readInput = Schema.decodeUnknownResult(InputAnswer)

const agreed = <A>(peer: Peer, answer: Asked<A>): A => {
  if (answer._tag !== "Ok") throw peer.trouble(answer.why)
  return answer.ok
}

const asking = async <L>(peer: Peer, notes: Notes<L>, input: SimulationInput): Promise<void> => {
  const { outputs } = agreed(peer, await peer.ask("input", { input }, readInput, peer.budgets.trace))
  peer.inWords(() => notes.take(outputs))
}

const decodeOutputs = Schema.decodeUnknownSync(Schema.Array(SimulationOutput))

type ToldRule = Extract<SimulationOutput, { readonly _tag: "Rule" }>
type Step = readonly [rule: number, seen: number, to: number]

/** Everything that was told of a simulation. States are looked at in the order of their numbers, so the next is how many there are. */
class Notes<L> implements LearnedSystem<L> {
  private readonly rules: Array<ToldRule> = []
  private readonly seen: Array<ReadonlyArray<L>> = []
  private readonly looked: Array<ReadonlyArray<Step>> = []
  private readonly decode: (labels: unknown) => ReadonlyArray<L>
  private told = 1
  steps = 0

  constructor(label: Schema.Codec<L, unknown>) {
    this.decode = Schema.decodeUnknownSync(Schema.Array(label))
  }

  get states(): number {
    return this.looked.length
  }

  /** States that were told of and not looked at. */
  get unseen(): number {
    return this.told - this.looked.length
  }

  get whole(): boolean {
    return this.unseen === 0
  }

  /** Throws `NoSuchWord`. */
  take(outputs: ReadonlyArray<unknown>): void {
    try {
      for (const output of decodeOutputs(outputs)) this.note(output)
    } catch (error) {
      throw new NoSuchWord(error instanceof Error ? error.message : String(error))
    }
  }

  private note(output: SimulationOutput): void {
    switch (output._tag) {
      case "Rule":
        this.rules.push(output)
        return
      case "Seen":
        this.seen.push(this.decode(output.labels))
        return
      case "Steps":
        for (const [rule, seen, to] of output.steps) {
          if (this.rules[rule] === undefined || this.seen[seen] === undefined || to > this.told)
            throw new RangeError(`nobody was told of what step [${rule}, ${seen}, ${to}] is made of`)
          this.told = Math.max(this.told, to + 1)
        }
        this.steps += output.steps.length
        this.looked.push(output.steps)
    }
  }

  judgedBy(laws: ReadonlyArray<Law<L>>): System<L> {
    const state = register("state", 0)
    const firings = this.rules.map(() => new Map<number, ReadonlyArray<Firing<L>>>())
    for (const [from, steps] of this.looked.entries())
      for (const [rule, seen, to] of steps) {
        const known = firings[rule]!.get(from) ?? []
        firings[rule]!.set(from, [...known, { labels: this.seen[seen]!, writes: [write(state, to)] }])
      }
    return {
      name: "simulation",
      cells: [state],
      rules: this.rules.map(({ name, actor, fair }, rule): Rule<L> => {
        const by = firings[rule]!
        return { name, actor, fair, reads: [state], fire: (at) => by.get(at as number) ?? [] }
      }),
      // What was not looked at looks like an end, so that waiting and absence are judged only where all of it is known.
      laws: this.whole ? laws : laws.filter(({ modality }) => modality === "history"),
      observables: {}
    }
  }
}
