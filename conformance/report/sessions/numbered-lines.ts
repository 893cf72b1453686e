/** Lines of a story as a terminal shows them, each behind the numbers of its steps. */
import { sanitize } from "../terminal-text.ts"
import { TextCanvas } from "../text-canvas.ts"
import type { TextStyle } from "../text-diagram.ts"
import { wrap } from "../wrapped-text.ts"
import type { Line } from "./line.ts"

/** The columns that `177-180` and what is around it take. */
const margin = 11

/** The lines below each other; what does not fit goes on below. */
export const numberedLines = (
  lines: ReadonlyArray<Line<unknown>>,
  { width = 110, colour = false }: TextStyle = {}
): string => {
  const canvas = new TextCanvas()
  let row = 0
  for (const { first, last, text, labels } of lines) {
    canvas.put(row, 0, (first === last ? `${last}` : `${first}-${last}`).padStart(margin - 2), "faint")
    for (const part of wrap(sanitize(text), width - margin))
      canvas.put(row++, margin, part, labels.length === 0 ? "faint" : "plain")
  }
  return canvas.lines(colour).join("\n")
}
