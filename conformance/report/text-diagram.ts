/**
 * A diagram as text for a terminal.
 *
 * ```
 *       caller           consumer         kv consumer
 *   1   │─ setup [5] ───▶│                │
 *   2   │                │─ ADD_STREAM 5 ▶│
 * ```
 */
import { cleanDiagram } from "./clean-diagram.ts"
import { alive, type Diagram, type Event, laneIndex, type Message } from "./diagram.ts"
import { above, type Block, beside, type LaneLayout, layLanes, span } from "./lane-layout.ts"
import { type Ink, TextCanvas } from "./text-canvas.ts"
import { widthOf } from "./wrapped-text.ts"

/** How to print. */
export interface TextStyle {
  /** Columns of the whole drawing, 110 unless told. */
  readonly width?: number | undefined
  /** With ANSI colours; plain unless told. */
  readonly colour?: boolean | undefined
}

/** The columns at the left that hold the step number. */
const margin = 6

/** What stands around a label on its arrow: the lifeline, `─ ` before and ` ─▶` after it. */
const frame = 6

/** The diagram in lines, without a line break at the end. */
export const renderText = (diagram: Diagram, { width = 110, colour = false }: TextStyle = {}): string => {
  const clean = cleanDiagram(diagram)
  const layout = layLanes(clean, {
    maxWidth: width - margin,
    frame,
    apart: (left) => Math.max(widthOf(left) + 2, 10)
  })
  const canvas = new TextCanvas()
  for (const [index, { title }] of clean.lanes.entries()) {
    canvas.put(0, margin + (layout.columns[index] ?? 0), title, "title")
  }
  const lives = alive(clean)
  let row = 1
  let numbered = 0
  for (const [index, event] of clean.events.entries()) {
    const drawn = drawing(clean, layout, event)
    for (let line = 0; line < drawn.height; line++) lifelines(canvas, row + line, layout, lives[index] ?? [])
    if (event.step !== numbered) canvas.put(row, 0, String(event.step).padStart(3), "faint")
    numbered = event.step
    drawn.draw(canvas, row)
    row += drawn.height
  }
  return canvas.lines(colour).join("\n")
}

const lifelines = (canvas: TextCanvas, row: number, layout: LaneLayout, lives: ReadonlyArray<boolean>): void => {
  for (const [index, column] of layout.columns.entries()) {
    if (lives[index]) canvas.put(row, margin + column, "│", "faint")
  }
}

interface Drawing {
  readonly height: number
  draw(canvas: TextCanvas, row: number): void
}

const drawing = (diagram: Diagram, layout: LaneLayout, event: Event): Drawing => {
  const columnOf = (lane: string): number => layout.columns[laneIndex(diagram, lane)] ?? 0
  switch (event._tag) {
    case "Message":
      return event.from === event.to
        ? aside(beside(layout, columnOf(event.from), `(to itself: ${event.text})`), "plain")
        : arrow(diagram, layout, event)
    case "Note": {
      const column = Math.min(...event.lanes.map(columnOf))
      return aside(beside(layout, column, `(${event.text})`), "note")
    }
    case "Death": {
      const column = columnOf(event.lane)
      const { height, draw } = aside(beside(layout, column, event.text), "loss")
      return {
        height,
        draw: (canvas, row) => {
          for (let line = 1; line < height; line++) canvas.put(row + line, margin + column, " ")
          draw(canvas, row)
          canvas.put(row, margin + column, "╳", "loss")
        }
      }
    }
  }
}

/** A blank on either side keeps lifelines from touching the words. */
const aside = ({ start, lines }: Block, ink: Ink): Drawing => ({
  height: lines.length,
  draw: (canvas, row) => {
    for (const [index, line] of lines.entries()) canvas.put(row + index, margin + start - 1, ` ${line} `, ink)
  }
})

const arrow = (diagram: Diagram, layout: LaneLayout, event: Message): Drawing => {
  const { first, last } = span(diagram, event)
  const left = layout.columns[first] ?? 0
  const right = layout.columns[last] ?? 0
  const fits = widthOf(event.text) + frame <= right - left
  const label: Block = fits ? { start: left, lines: [] } : above(layout, left, right, event.text)
  const shaft = shaftOf(event, right - left - 1, fits ? event.text : "", laneIndex(diagram, event.from) === first)
  return {
    height: label.lines.length + 1,
    draw: (canvas, row) => {
      aside(label, "plain").draw(canvas, row)
      canvas.put(row + label.lines.length, margin + left + 1, shaft, event.kind === "dashed" ? "cast" : "plain")
    }
  }
}

const shaftOf = ({ kind }: Message, length: number, label: string, rightwards: boolean): string => {
  const line = kind === "dashed" ? "╌" : "─"
  const words = label === "" ? "" : ` ${label} `
  const head = kind === "lost" ? "╳ " : rightwards ? "▶" : "◀"
  const rest = line.repeat(Math.max(0, length - 1 - widthOf(words) - head.length))
  return rightwards ? `${line}${words}${rest}${head}` : `${[...head].reverse().join("")}${line}${words}${rest}`
}
