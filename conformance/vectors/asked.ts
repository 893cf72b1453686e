/** Finding what an environment offers by the input that somebody wants to give. */
import type { Option, Place } from "../kit/possible.ts"
import type { PartGraph } from "../kit/stage.ts"

/** The options of a place by their inputs. Places are few and met often, so each is sorted once. */
export class AskedOptions<L, I, O, V> {
  private readonly graph: PartGraph<L, I, O, V>
  private readonly known = new WeakMap<Place<L, I, O, V>, ReadonlyMap<string, Option<L, I, O, V>>>()

  constructor(graph: PartGraph<L, I, O, V>) {
    this.graph = graph
  }

  /** The option in which this is asked; nothing where the environment never would. */
  at(place: Place<L, I, O, V>, input: I): Option<L, I, O, V> | undefined {
    let options = this.known.get(place)
    if (options === undefined) {
      options = this.sorted(place)
      this.known.set(place, options)
    }
    return options.get(textOf(input))
  }

  /** Two rules that ask the same cannot be told apart from outside. */
  private sorted(place: Place<L, I, O, V>): ReadonlyMap<string, Option<L, I, O, V>> {
    const options = new Map<string, Option<L, I, O, V>>()
    for (const option of place.options) {
      const { input } = this.graph.play(option.moves[0]![1])
      if (input === undefined) continue
      const asked = textOf(input)
      const known = options.get(asked)
      options.set(asked, known === undefined ? option : { ...known, moves: [...known.moves, ...option.moves] })
    }
    return options
  }
}

/** The same text for inputs that say the same, whatever the order of their fields. */
const textOf = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined"
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${textOf(field)}`)
    .join()}}`
}
