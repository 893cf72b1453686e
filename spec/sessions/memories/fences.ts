/** What succeeded barriers have fenced: every session that was removed before such a barrier began. */
import type { Memory } from "../../law.ts"
import type { SessionId } from "../ids.ts"
import type { ClusterLabel } from "../labels.ts"
import type { CommandIndex } from "../messages.ts"
import type { NodeId, Position, Term } from "../metadata.ts"
import { afterLives, isRemovedBy, type Lives, lifeOf, unborn } from "./lives.ts"
import { afterIgnored } from "./places.ts"

/** A barrier on behalf of tablets that is not over. */
export interface GoingFence {
  readonly term: Term
  readonly index: CommandIndex
  /** What group 0 had said last when it began. */
  readonly began: Position
}

export interface Fences extends Lives {
  readonly ignored: ReadonlyArray<NodeId>
  readonly going: ReadonlyArray<GoingFence>
  /** The greatest position after which a barrier began that has succeeded. */
  readonly fenced: Position | null
}

export const fences: Memory<Fences, ClusterLabel> = {
  name: "fences",
  init: { ...unborn, ignored: [], going: [], fenced: null },
  on: (before, label) => afterFences(before, label)
}

export const afterFences = (before: Fences, label: ClusterLabel): Fences => {
  switch (label._tag) {
    // A coordinator that was replaced proves nothing any more.
    case "Elected":
      return { ...before, going: before.going.filter(({ term }) => term >= label.term) }
    case "Committed":
      return { ...before, ...afterLives(before, label), ignored: afterIgnored(before.ignored, label) }
    case "BarrierBegan": {
      if (label.tablets.length === 0 || before.at === null) return before
      const { term, index } = label
      return { ...before, going: [...before.going, { term, index, began: before.at }] }
    }
    case "BarrierEnded": {
      const over = goingOf(before.going, label)
      const going = before.going.filter((other) => other !== over)
      if (over === undefined || !label.ok) return { ...before, going }
      const fenced = before.fenced === null || over.began > before.fenced ? over.began : before.fenced
      return { ...before, going, fenced }
    }
    default:
      return before
  }
}

interface Numbered {
  readonly term: Term
  readonly index: CommandIndex
}

/** The barrier with the same number. */
export const goingOf = <B extends Numbered>(going: ReadonlyArray<B>, { term, index }: Numbered): B | undefined =>
  going.find((barrier) => barrier.term === term && barrier.index === index)

/** Whether a session was removed before a barrier began that has succeeded since. */
export const isFenced = (memory: Fences, session: SessionId): boolean =>
  isRemovedBy(lifeOf(memory, session), memory.fenced)
