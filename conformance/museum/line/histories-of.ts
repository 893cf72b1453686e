/** Mutants that are whole clusters of ours: each tells what happens to it in the trials of the battery, and is judged by that. */
import { Schema } from "effect"
import type { Mutant } from "../../cli/museum-api.ts"
import { InputAnswer, StartAnswer } from "../../protocol/answers.ts"
import type { Line } from "../../remote/line.ts"
import type { Asked, Peer } from "../../remote/peer.ts"
import { type Served, serve } from "../../remote/serve.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import { calling } from "./calling.ts"
import type { Exhibit, Found } from "./exhibit.ts"

/** What came of a trial. */
interface Told<L> {
  readonly labels: ReadonlyArray<L>
  readonly defects: ReadonlyArray<string>
}

interface Trial<L, C> {
  readonly name: string
  readonly tell: (change: C) => Promise<Told<L>>
}

/** A museum of clusters: its battery, and how a mutant of it is looked at. */
export interface Clusters<L, C extends object, M extends Mutant> {
  readonly protocol: string
  readonly label: Schema.Codec<L, unknown>
  readonly battery: ReadonlyArray<Trial<L, C>>
  readonly mutants: ReadonlyArray<M>
  readonly unchanged: C
  readonly changeOf: (mutant: M) => C
  readonly face: (mutant: M, compared: Compared<L>) => Promise<Found>
}

type Telling<L> = (trial: { readonly name: string }) => Promise<Told<L>>

/** A mutant beside the reference. */
interface Compared<L> {
  readonly mutant: Telling<L>
  readonly reference: Telling<L>
}

/** Asks for what was heard from one label on. */
const Question = Schema.Struct({ from: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)) })

/** What comes back: labels in their order, and after the last of them what has failed. */
const outputOf = <L>(label: Schema.Codec<L, unknown>) =>
  Schema.TaggedUnion({
    Heard: { label },
    Over: { defects: Schema.Array(Schema.String) }
  })

/** Characters after which an answer takes no further label, well below the longest line. */
const enough = 400_000

const decodeQuestion = Schema.decodeUnknownSync(Question)
const readStart = Schema.decodeUnknownResult(StartAnswer)
const readInput = Schema.decodeUnknownResult(InputAnswer)

const agreed = <A>(peer: Peer, answer: Asked<A>): A => {
  if (answer._tag !== "Ok") throw peer.trouble(answer.why)
  return answer.ok
}

/** All mutants of a museum of clusters, each behind a line. */
export const historiesOf = <L, C extends object, M extends Mutant>({
  protocol,
  label,
  battery,
  mutants,
  unchanged,
  changeOf,
  face
}: Clusters<L, C, M>): ReadonlyArray<Exhibit> => {
  const role = `${protocol}/histories`
  const Output = outputOf(label)
  const encodeOutput = Schema.encodeSync(Output)
  const decodeOutputs = Schema.decodeUnknownSync(Schema.Array(Output))

  /** A cluster that a trial happens to, when it is started with the name of one. */
  const telling = (name: string, change: C): Served => ({
    role,
    name,
    observes: [],
    start: async ({ trial: wanted }) => {
      const trial = battery.find((known) => known.name === wanted)
      if (trial === undefined) throw new TypeError(`there is no trial ${String(wanted)}`)
      const told = await trial.tell(change)
      return {
        input: async (input) => ({ outputs: [...answer(told, decodeQuestion(input).from)], dead: false }),
        observe: () => ({}),
        stop: () => undefined
      }
    }
  })

  function* answer({ labels, defects }: Told<L>, from: number): Generator<unknown> {
    let length = 0
    for (const label of labels.slice(from)) {
      const output = encodeOutput({ _tag: "Heard", label })
      yield output
      length += JSON.stringify(output).length
      if (length > enough) return
    }
    yield encodeOutput({ _tag: "Over", defects })
  }

  /** Hears all of a trial. Rejects with `AdapterTrouble`. */
  const hear = async (line: Line, seed: number, trial: string): Promise<Told<L>> => {
    const peer = await line.peer()
    agreed(peer, await peer.ask("start", peer.nextStart(role, seed, { trial }), readStart, peer.budgets.trace))
    const labels: L[] = []
    for (;;) {
      const question = { input: { from: labels.length } }
      const { outputs } = agreed(peer, await peer.ask("input", question, readInput, peer.budgets.trace))
      const told = decodeOutputs(outputs)
      for (const output of told)
        if (output._tag === "Over") return { labels, defects: output.defects }
        else labels.push(output.label)
      if (told.length === 0) throw peer.trouble("it tells nothing more, and not that it is over")
    }
  }

  const reference = calling(
    memoryDialer("the reference", serve([telling("the reference", unchanged)])),
    "the reference"
  )

  return mutants.map((mutant) => ({
    protocol,
    mutant,
    served: [telling(mutant.id, changeOf(mutant))],
    face: async (call, seed) => {
      const lines = { mutant: call(), reference: reference() }
      const compared: Compared<L> = {
        mutant: ({ name }) => hear(lines.mutant, seed, name),
        reference: ({ name }) => hear(lines.reference, seed, name)
      }
      try {
        return await face(mutant, compared)
      } finally {
        await Promise.all([lines.mutant.hangUp(), lines.reference.hangUp()])
      }
    }
  }))
}
