/** The few shapes that a diagram needs, as SVG elements. */
import type { MessageKind } from "./diagram.ts"
import { widthOf } from "./wrapped-text.ts"
import { escapeXml } from "./xml-text.ts"

interface TextLook {
  readonly anchor?: "middle" | "end"
  readonly weight?: "bold"
  readonly size?: number
  /** Pixels per character of a white ground that keeps lifelines from crossing the words. */
  readonly backed?: number
}

/** Pixels to one decimal, so that sums of fractions print the same everywhere. */
export const round = (pixels: number): number => Math.round(pixels * 10) / 10

/** A line of text with its baseline at `y`. */
export const textShape = (x: number, y: number, text: string, look: TextLook): string => {
  const attributes = [
    ...(look.anchor ? [`text-anchor="${look.anchor}"`] : []),
    ...(look.weight ? [`font-weight="${look.weight}"`] : []),
    ...(look.size ? [`font-size="${look.size}"`] : [])
  ]
  const words = `<text ${[`x="${x}"`, `y="${y}"`, ...attributes].join(" ")}>${escapeXml(text)}</text>`
  if (look.backed === undefined) return words
  const width = round(widthOf(text) * look.backed + 4)
  const left = round(look.anchor === "middle" ? x - width / 2 : x - 2)
  return `<rect x="${left}" y="${y - 11}" width="${width}" height="14" fill="#fff"/>${words}`
}

/** A straight line. */
export const lineShape = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  look: { readonly stroke?: string; readonly dashed?: boolean } = {}
): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${look.stroke ?? "#000"}"${look.dashed ? ' stroke-dasharray="5 3"' : ""}/>`

/** The mark of an end. */
export const crossShape = (x: number, y: number): string =>
  `<path d="M${round(x - 6)} ${y - 6}L${round(x + 6)} ${y + 6}M${round(x - 6)} ${y + 6}L${round(x + 6)} ${y - 6}" stroke="#000" stroke-width="2" fill="none"/>`

/** An arrow at height `y`; a lost one stops short of its lane at a cross. */
export const arrowShape = (from: number, to: number, y: number, kind: MessageKind): ReadonlyArray<string> => {
  const forward = to > from ? 1 : -1
  if (kind === "lost") {
    const end = round(to - forward * 24)
    return [lineShape(from, y, end, y), crossShape(end, y)]
  }
  const neck = round(to - forward * 8)
  return [
    lineShape(from, y, neck, y, { dashed: kind === "dashed" }),
    `<path d="M${to} ${y}L${neck} ${y - 4}L${neck} ${y + 4}Z"/>`
  ]
}
