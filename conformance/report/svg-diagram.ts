/**
 * A diagram as one self-contained SVG: black on white, no scripts, no styles, no fonts to fetch.
 *
 * The same diagram gives the same bytes. There are no ids, so that many pictures can share a page.
 */
import { cleanDiagram } from "./clean-diagram.ts"
import { alive, type Diagram, type Event, laneIndex, type Message } from "./diagram.ts"
import { above, type Block, beside, type LaneLayout, layLanes, span } from "./lane-layout.ts"
import { arrowShape, crossShape, lineShape, round, textShape } from "./svg-shapes.ts"
import { tell } from "./told-diagram.ts"
import { widest, widthOf, wrap } from "./wrapped-text.ts"
import { escapeXml } from "./xml-text.ts"

/** Pixels of one column. The fonts asked for are a little narrower, so labels keep clear of their neighbours. */
const unit = 7.5
/** The same of the title, whose letters are larger and bold. */
const titleUnit = 8.7
const lineHeight = 15
const head = 26
const numbers = 34
const edge = 12

interface Sheet {
  readonly diagram: Diagram
  readonly layout: LaneLayout
  /** The pixel at which a column of the lay-out is. */
  x(column: number): number
}

interface Row {
  readonly height: number
  readonly shapes: (top: number) => ReadonlyArray<string>
}

/** The picture as SVG text, with the whole story as its description. */
export const renderSvg = (drawn: Diagram): string => {
  const diagram = cleanDiagram(drawn)
  const layout = layLanes(diagram, { maxWidth: 110, frame: 4, apart: centred })
  const overhang = (widthOf(diagram.lanes[0]?.title ?? "") / 2 + 1) * unit
  const sheet: Sheet = { diagram, layout, x: (column) => round(numbers + overhang + column * unit) }
  const width = round(sheet.x(layout.maxWidth) + edge)
  const titleLines = wrap(diagram.title, Math.floor((width - 2 * edge) / titleUnit))
  const headTop = edge + titleLines.length * 18 + 8
  const placed = placeRows(sheet, headTop + head + 10)
  const height = placed.bottom + edge
  const shapes = [
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...titleLines.map((line, index) => textShape(edge, edge + 14 + index * 18, line, { weight: "bold", size: 14 })),
    ...lifelines(sheet, headTop + head, placed),
    ...heads(sheet, headTop),
    ...placed.shapes
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="12" fill="#000">`,
    `<title>${escapeXml(diagram.title)}</title>`,
    `<desc>${tell(diagram).map(escapeXml).join("\n")}</desc>`,
    ...shapes,
    "</svg>",
    ""
  ].join("\n")
}

/** Titles stand in boxes centred on their lifelines. */
const centred = (left: string, right: string): number => Math.ceil((widthOf(left) + widthOf(right)) / 2) + 4

const heads = ({ diagram, layout, x }: Sheet, top: number): ReadonlyArray<string> =>
  diagram.lanes.flatMap(({ title }, index) => {
    const middle = x(layout.columns[index] ?? 0)
    const width = round((widthOf(title) + 2) * unit)
    return [
      `<rect x="${round(middle - width / 2)}" y="${top}" width="${width}" height="${head}" rx="3" fill="#fff" stroke="#000"/>`,
      textShape(middle, top + 17, title, { anchor: "middle", weight: "bold" })
    ]
  })

interface Placed {
  /** The top of each event's row. */
  readonly tops: ReadonlyArray<number>
  readonly bottom: number
  readonly shapes: ReadonlyArray<string>
}

const placeRows = (sheet: Sheet, firstTop: number): Placed => {
  const tops: Array<number> = []
  const shapes: Array<string> = []
  let top = firstTop
  let numbered = 0
  for (const event of sheet.diagram.events) {
    const row = rowOf(sheet, event)
    tops.push(top)
    if (event.step !== numbered) shapes.push(textShape(numbers - 8, top + 12, String(event.step), { anchor: "end" }))
    numbered = event.step
    shapes.push(...row.shapes(top))
    top += row.height
  }
  return { tops, bottom: top + 6, shapes }
}

/** Each lifeline runs while its lane lives: down to its death, and again from its return. */
const lifelines = ({ diagram, layout, x }: Sheet, top: number, { tops, bottom }: Placed): ReadonlyArray<string> => {
  const lives = alive(diagram)
  return diagram.lanes.flatMap(({ id }, lane) => {
    const segments: Array<string> = []
    const at = x(layout.columns[lane] ?? 0)
    let from: number | undefined = top
    for (const [index, event] of diagram.events.entries()) {
      const here = tops[index] ?? top
      if (lives[index]?.[lane] && from === undefined) from = here
      if (event._tag !== "Death" || event.lane !== id || from === undefined) continue
      segments.push(lineShape(at, from, at, here + 8, { stroke: "#777" }))
      from = undefined
    }
    if (from !== undefined) segments.push(lineShape(at, from, at, bottom, { stroke: "#777" }))
    return segments
  })
}

const rowOf = (sheet: Sheet, event: Event): Row => {
  const columnOf = (lane: string): number => sheet.layout.columns[laneIndex(sheet.diagram, lane)] ?? 0
  switch (event._tag) {
    case "Message":
      return event.from === event.to
        ? noteRow(sheet, beside(sheet.layout, columnOf(event.from), `to itself: ${event.text}`))
        : arrowRow(sheet, event)
    case "Note":
      return noteRow(sheet, beside(sheet.layout, Math.min(...event.lanes.map(columnOf)), event.text))
    case "Death":
      return deathRow(sheet, columnOf(event.lane), event.text)
  }
}

const noteRow = ({ x }: Sheet, { start, lines }: Block): Row => ({
  height: lines.length * lineHeight + 13,
  shapes: (top) => [
    `<rect x="${x(start - 0.5)}" y="${top}" width="${round((widest(lines) + 1) * unit)}" height="${lines.length * lineHeight + 5}" rx="3" fill="#f2f2f2" stroke="#000" stroke-width="0.5"/>`,
    ...lines.map((line, index) => textShape(x(start), top + 13 + index * lineHeight, line, {}))
  ]
})

const deathRow = ({ layout, x }: Sheet, column: number, text: string): Row => {
  const { start, lines } = beside(layout, column, text)
  return {
    height: lines.length * lineHeight + 10,
    shapes: (top) => [
      crossShape(x(column), top + 8),
      ...lines.map((line, index) =>
        textShape(x(start), top + 12 + index * lineHeight, line, { weight: "bold", backed: unit })
      )
    ]
  }
}

const arrowRow = (sheet: Sheet, event: Message): Row => {
  const { diagram, layout, x } = sheet
  const { first, last } = span(diagram, event)
  const left = layout.columns[first] ?? 0
  const right = layout.columns[last] ?? 0
  const { lines } = above(layout, left, right, event.text)
  const half = (widest(lines) * unit) / 2
  const middle = Math.min(Math.max(x((left + right) / 2), x(0) + half - numbers / 2), x(layout.maxWidth) - half)
  const rightwards = laneIndex(diagram, event.from) === first
  const ends = rightwards ? [x(left), x(right)] : [x(right), x(left)]
  return {
    height: lines.length * lineHeight + 15,
    shapes: (top) => [
      ...lines.map((line, index) =>
        textShape(round(middle), top + 12 + index * lineHeight, line, { anchor: "middle", backed: unit })
      ),
      ...arrowShape(ends[0] ?? 0, ends[1] ?? 0, top + lines.length * lineHeight + 4, event.kind)
    ]
  }
}
