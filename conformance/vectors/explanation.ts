/** Whether a variant explains a transcript: in the first of its scopes in which somebody would ask all of this. */
import type { Divergence } from "../kit/divergence.ts"
import { parted } from "../kit/parted.ts"
import { Places } from "../kit/possible.ts"
import type { Reaction } from "../kit/role-under-test.ts"
import type { PartGraph, PartMove } from "../kit/stage.ts"
import type { RemoteRole, RemoteVariant } from "../remote/remote-role.ts"
import { AskedOptions } from "./asked.ts"

/** What came of a sequence of inputs, ready to be judged. */
export interface Judged<I, O, V> {
  readonly id: string
  readonly steps: ReadonlyArray<I>
  readonly reactions: ReadonlyArray<Reaction<O, V>>
}

export type Explained<L, O> =
  | { readonly _tag: "Explained" }
  /** It explains all until somebody asks what nobody would ask then, because the steps were planned for another design. */
  | { readonly _tag: "Elsewhere" }
  | { readonly _tag: "Diverged"; readonly divergence: Divergence<L, O> }

interface Scope<L, I, O, V> {
  readonly graph: PartGraph<L, I, O, V>
  readonly places: Places<L, I, O, V>
  readonly asked: AskedOptions<L, I, O, V>
}

export class Explanation<L, I, O, V> {
  private readonly role: RemoteRole<L, I, O, V>
  private readonly implementation: string
  private readonly scopes: ReadonlyArray<() => Scope<L, I, O, V>>

  constructor(role: RemoteRole<L, I, O, V>, { bounded, walks }: RemoteVariant<L, I, O, V>, implementation: string) {
    this.role = role
    this.implementation = implementation
    this.scopes = [bounded, ...walks].map((graph) => once(() => this.scope(graph())))
  }

  of(transcript: Judged<I, O, V>): Explained<L, O> {
    for (const scope of this.scopes) {
      const explained = this.inScope(scope(), transcript)
      if (explained._tag !== "Elsewhere") return explained
    }
    return { _tag: "Elsewhere" }
  }

  private scope(graph: PartGraph<L, I, O, V>): Scope<L, I, O, V> {
    return { graph, places: new Places({ graph, part: this.role.part }), asked: new AskedOptions(graph) }
  }

  private inScope({ graph, places, asked }: Scope<L, I, O, V>, { steps, reactions }: Judged<I, O, V>): Explained<L, O> {
    const { implementation } = this
    const { part } = this.role
    const way: Array<PartMove<L, I, O, V>> = []
    let place = places.start
    for (const [at, reaction] of reactions.entries()) {
      const option = asked.at(place, steps[at]!)
      if (option === undefined) return { _tag: "Elsewhere" }
      const next = places.after(option, reaction)
      if (next === undefined)
        return { _tag: "Diverged", divergence: parted({ implementation, graph, part, way }, option, reaction) }
      way.push(option.moves[0]![1])
      place = next
    }
    return { _tag: "Explained" }
  }
}

const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
