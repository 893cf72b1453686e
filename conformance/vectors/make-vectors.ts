/** Vectors from a tour of a bounded role: the model takes every transition, and what else it might have done is written beside it. */
import { createHash } from "node:crypto"
import { historyLaws } from "../kit/law-memories.ts"
import type { Part, Play } from "../kit/part.ts"
import { type Option, type Place, Places } from "../kit/possible.ts"
import type { Reaction } from "../kit/role-under-test.ts"
import type { PartGraph } from "../kit/stage.ts"
import { ignored } from "../protocol/answers.ts"
import type { RemoteRole, RoleSpec } from "../remote/remote-role.ts"
import { tourRemote } from "../remote/tour-remote.ts"
import type { Transcript } from "../remote/transcript.ts"
import { AskedOptions } from "./asked.ts"
import { type Expected, schemaVersionText, type Vector } from "./vector.ts"

export interface MadeVectors<I, O, V> {
  readonly vectors: ReadonlyArray<Vector<I, O, V>>
  /** Transitions of the bounded role, each of which is in some vector. */
  readonly transitions: number
}

/** The longest vector. A person reads it when it fails. */
const maxSteps = 100

/** Vectors that together take every transition of a bounded role. */
export const makeVectors = async <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  spec: RoleSpec,
  interrupted: () => boolean = () => false
): Promise<MadeVectors<I, O, V>> => {
  const { paths, variant, told } = role.vectors
  const graph = paths()
  const model = new ModelRunner(role, graph)
  const expectations = new Expectations(role, told())
  const laws = historyLaws(role.laws).map(({ id }) => id)
  const vectors: Array<Vector<I, O, V>> = []
  const runner = {
    run: async (inputs: ReadonlyArray<I>): Promise<Transcript<I, O, V>> => {
      const transcript = model.run(inputs)
      const steps = inputs.slice(0, transcript.reactions.length)
      const expect = expectations.of(steps)
      const id = `${role.role}/${hashOf([spec, variant, steps, expect])}`
      const vector = { schemaVersion: schemaVersionText, id, spec, requires: [], laws, variant }
      vectors.push({ ...vector, steps, expect })
      return transcript
    }
  }
  const { complete, transitions } = await tourRemote(role, graph, runner, "the model", { maxSteps, interrupted })
  if (!complete && !interrupted()) throw new TypeError(`the tour of ${role.role} does not come to everything`)
  return { vectors, transitions }
}

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16)

/** The model as an implementation that always does the first thing that it may. */
class ModelRunner<L, I, O, V> {
  private readonly graph: PartGraph<L, I, O, V>
  private readonly places: Places<L, I, O, V>
  private readonly asked: AskedOptions<L, I, O, V>

  constructor({ part }: RemoteRole<L, I, O, V>, graph: PartGraph<L, I, O, V>) {
    this.graph = graph
    this.places = new Places({ graph, part })
    this.asked = new AskedOptions(graph)
  }

  run(inputs: ReadonlyArray<I>): Transcript<I, O, V> {
    const reactions: Array<Reaction<O, V>> = []
    let place = this.places.start
    for (const input of inputs) {
      const option = this.asked.at(place, input)
      if (option === undefined) throw new TypeError(`nobody asks ${JSON.stringify(input)} here`)
      const { due, shown, ends } = this.graph.play(option.moves[0]![1])
      reactions.push({ outputs: due, ...(shown === undefined ? {} : { observed: shown }) })
      if (ends) break
      place = this.places.reached(option.moves.slice(0, 1))
    }
    return { inputs, reactions, hung: false }
  }
}

/** What may come of each input of a sequence, whichever of these things came of those before it. */
class Expectations<L, I, O, V> {
  private readonly role: RemoteRole<L, I, O, V>
  private readonly graph: PartGraph<L, I, O, V>
  private readonly places: Places<L, I, O, V>
  private readonly asked: AskedOptions<L, I, O, V>
  private readonly known = new Map<Option<L, I, O, V>, ReadonlyArray<Expected<O, V>>>()

  constructor(role: RemoteRole<L, I, O, V>, graph: PartGraph<L, I, O, V>) {
    this.role = role
    this.graph = graph
    this.places = new Places({ graph, part: role.part })
    this.asked = new AskedOptions(graph)
  }

  of(steps: ReadonlyArray<I>): ReadonlyArray<ReadonlyArray<Expected<O, V>>> {
    let place: Place<L, I, O, V> = this.places.start
    return steps.map((input) => {
      const option = this.asked.at(place, input)!
      place = this.places.reached(option.moves)
      return this.allowed(option)
    })
  }

  private allowed(option: Option<L, I, O, V>): ReadonlyArray<Expected<O, V>> {
    const known = this.known.get(option)
    if (known !== undefined) return known
    const { part, shown } = this.role
    const plays = option.moves.map(([, move]) => this.graph.play(move))
    // Orders that nobody can see make no difference.
    const different = plays.filter((play, at) => at === plays.findIndex((other) => agrees(part, other, play)))
    const allowed = different.map(({ due, shown: value }) => ({
      outputs: due,
      state: value === null ? null : value === undefined || shown === undefined ? ignored : { [shown.name]: value }
    }))
    this.known.set(option, allowed)
    return allowed
  }
}

const agrees = <L, I, O, V>(part: Part<L, I, O, V>, due: Play<I, O, V>, { due: outputs, shown }: Play<I, O, V>) =>
  part.differs(due, { outputs, ...(shown === undefined ? {} : { observed: shown }) }).length === 0
