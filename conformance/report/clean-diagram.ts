/** A diagram whose texts are safe to print. Widths are measured on what is shown, so this comes before any lay-out. */
import type { Diagram } from "./diagram.ts"
import { sanitize } from "./terminal-text.ts"

/** The same diagram with every text on one line and without control characters. */
export const cleanDiagram = (diagram: Diagram): Diagram => ({
  title: sanitize(diagram.title),
  lanes: diagram.lanes.map((lane) => ({ ...lane, title: sanitize(lane.title) })),
  events: diagram.events.map((event) => ({ ...event, text: sanitize(event.text) }))
})
