/** All shortest stories to some endings at once, as a graph, and the one among them that changes actors least often. */

/** A step of a story in the making. The step that ends the story leads nowhere. */
export interface Arrow {
  readonly from: number
  readonly to: number | undefined
  readonly rule: number
  readonly list: number
  readonly why?: string
}

interface Choice {
  readonly arrow: Arrow
  /** How often the actor changes from this step on to the end. */
  readonly switches: number
}

/** How a story may go on from a state: the best first step for each actor, in the order in which they were found. */
interface Node {
  readonly byActor: Map<string, Choice>
  fewest: number
  /** Set where the story may end here. */
  ending: { readonly why: string } | undefined
}

/** A story: steps, and why it is told, where an ending says so. */
export interface Chosen {
  readonly arrows: ReadonlyArray<Arrow>
  readonly why: string | undefined
}

/** Grows backwards, one level after another: an arrow is added after everything that may follow it. */
export class StoryGraph {
  private readonly nodes = new Map<number, Node>()
  private readonly actorOf: (rule: number) => string

  constructor(actorOf: (rule: number) => string) {
    this.actorOf = actorOf
  }

  has(state: number): boolean {
    return this.nodes.has(state)
  }

  /** The story may end at `state`. */
  endAt(state: number, why: string): void {
    const node = this.node(state)
    node.ending = { why }
    node.fewest = 0
  }

  /** The story may go on, or end, with this step. Of equal steps the first counts. */
  add(arrow: Arrow): void {
    const actor = this.actorOf(arrow.rule)
    const next = arrow.to === undefined ? undefined : this.nodes.get(arrow.to)!
    const switches = next === undefined ? 0 : this.from(next, actor)
    const node = this.node(arrow.from)
    const best = node.byActor.get(actor)
    if (best !== undefined && best.switches <= switches) return
    node.byActor.set(actor, { arrow, switches })
    node.fewest = Math.min(node.fewest, switches)
  }

  /** A story from `state` that changes actors least often. */
  choose(state: number): Chosen {
    const arrows: Array<Arrow> = []
    let at: number | undefined = state
    let actor = ""
    while (at !== undefined) {
      const node: Node = this.nodes.get(at)!
      if (node.ending !== undefined) return { arrows, why: node.ending.why }
      const stay = node.byActor.get(actor)
      const { arrow }: Choice =
        stay !== undefined && stay.switches <= node.fewest + 1
          ? stay
          : [...node.byActor.values()].find(({ switches }) => switches === node.fewest)!
      arrows.push(arrow)
      actor = this.actorOf(arrow.rule)
      at = arrow.to
    }
    return { arrows, why: arrows.at(-1)?.why }
  }

  /** How often the actor changes after a step by `actor` that leads to `node`. */
  private from(node: Node, actor: string): number {
    if (node.ending !== undefined) return 0
    return Math.min(node.fewest + 1, node.byActor.get(actor)?.switches ?? Number.POSITIVE_INFINITY)
  }

  private node(state: number): Node {
    const known = this.nodes.get(state)
    if (known !== undefined) return known
    const node: Node = { byActor: new Map(), fewest: Number.POSITIVE_INFINITY, ending: undefined }
    this.nodes.set(state, node)
    return node
  }
}
