/**
 * Where lanes stand, in columns of one character.
 *
 * Lanes stand as close as their titles and labels allow. Short labels are served first: the few long ones that no width
 * could hold are broken and stand above their arrows.
 */
import { type Diagram, laneIndex, type Message } from "./diagram.ts"
import { widest, widthOf, wrap } from "./wrapped-text.ts"

/** What a medium asks for. */
export interface Room {
  /** The columns that the whole diagram should not exceed. */
  readonly maxWidth: number
  /** The columns between two lifelines that an arrow takes besides its label. */
  readonly frame: number
  /** The least distance of two neighbours, given their titles. */
  readonly apart: (left: string, right: string) => number
}

export interface LaneLayout {
  /** The column of each lane's lifeline, from 0. */
  readonly columns: ReadonlyArray<number>
  readonly maxWidth: number
}

/** Lines of text that start at a column. */
export interface Block {
  readonly start: number
  readonly lines: ReadonlyArray<string>
}

/**
 * The narrowest lay-out in which every title fits, and as many labels as the room permits.
 *
 * Labels of one length are treated alike: if the room cannot hold all of them, none gets an arrow as long as itself.
 */
export const layLanes = (diagram: Diagram, room: Room): LaneLayout => {
  const titles = diagram.lanes.map(({ title }) => title)
  const least = titles.slice(1).map((title, index) => room.apart(titles[index] ?? "", title))
  const available = room.maxWidth - widthOf(titles.at(-1) ?? "")
  const wanted = wishes(diagram, room)
  const needs = [...new Set(wanted.map(({ need }) => need))].sort((one, other) => one - other)
  const grants = needs.map((longest) =>
    grown(
      least,
      wanted.filter(({ need }) => need <= longest)
    )
  )
  const granted = grants.findLast((gaps) => sum(gaps) <= available) ?? least
  const gaps = shared(granted, wanted, available)
  return { columns: titles.map((_, index) => sum(gaps.slice(0, index))), maxWidth: room.maxWidth }
}

interface Wish {
  readonly first: number
  readonly last: number
  readonly need: number
}

/** What every arrow would like to have, the modest first. */
const wishes = (diagram: Diagram, room: Room): ReadonlyArray<Wish> =>
  diagram.events
    .filter((event) => event._tag === "Message")
    .map((event) => ({ ...span(diagram, event), need: widthOf(event.text) + room.frame }))
    .filter(({ first, last }) => first < last)
    .sort((one, other) => one.need - other.need)

/** The gaps after every wish is fulfilled. */
const grown = (least: ReadonlyArray<number>, wanted: ReadonlyArray<Wish>): ReadonlyArray<number> => {
  const gaps = [...least]
  for (const { first, last, need } of wanted) {
    while (sum(gaps.slice(first, last)) < need) widen(gaps, first, last)
  }
  return gaps
}

/** The gaps after what is left of the room went to the arrows whose labels must be broken, the shortest arrow first. */
const shared = (granted: ReadonlyArray<number>, wanted: ReadonlyArray<Wish>, available: number) => {
  const gaps = [...granted]
  const lengthOf = ({ first, last }: Wish): number => sum(gaps.slice(first, last))
  for (let rest = available - sum(gaps); rest > 0; rest--) {
    const short = wanted.filter((wish) => lengthOf(wish) < wish.need)
    if (short.length === 0) break
    const { first, last } = short.reduce((one, other) => (lengthOf(other) < lengthOf(one) ? other : one))
    widen(gaps, first, last)
  }
  return gaps
}

/** The lanes between which an arrow lies, from left to right. */
export const span = (diagram: Diagram, { from, to }: Message): { readonly first: number; readonly last: number } => {
  const ends = [laneIndex(diagram, from), laneIndex(diagram, to)]
  return { first: Math.min(...ends), last: Math.max(...ends) }
}

const widen = (gaps: Array<number>, first: number, last: number): void => {
  const narrowest = Math.min(...gaps.slice(first, last))
  const index = gaps.indexOf(narrowest, first)
  gaps[index] = narrowest + 1
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

/** Below this many columns a text on the right of its lane is harder to read than one on the left. */
const readable = 36

/** A text beside a column: on its right, unless the edge is too close. */
export const beside = (layout: LaneLayout, column: number, text: string): Block => {
  const right = layout.maxWidth - column - 2
  if (right >= Math.min(readable, widthOf(text)) || right > column) {
    return { start: column + 2, lines: wrap(text, right) }
  }
  const lines = wrap(text, column - 2)
  return { start: column - 1 - widest(lines), lines }
}

/** A label above the arrow between two columns: as wide as the arrow, or wider if that takes too many lines. */
export const above = (layout: LaneLayout, left: number, right: number, text: string): Block => {
  const narrow = wrap(text, right - left - 3)
  const lines =
    narrow.length <= 3 ? narrow : wrap(text, Math.max(right - left - 3, Math.min(readable, layout.maxWidth)))
  return { start: Math.max(0, Math.min(left + 2, layout.maxWidth - widest(lines))), lines }
}
