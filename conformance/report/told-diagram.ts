/** A diagram told in sentences, for those who cannot see it. */
import type { Diagram, Event, MessageKind } from "./diagram.ts"

const verbs: Readonly<Record<MessageKind, string>> = {
  solid: "to",
  dashed: "casts to",
  lost: "(lost on the way) to"
}

/** One line per event, each with its step number and its lanes by title. */
export const tell = (diagram: Diagram): ReadonlyArray<string> => {
  const titles = new Map(diagram.lanes.map(({ id, title }) => [id, title]))
  const titleOf = (id: string): string => titles.get(id) ?? id
  const sentence = (event: Event): string => {
    switch (event._tag) {
      case "Message":
        return `${titleOf(event.from)} ${verbs[event.kind]} ${titleOf(event.to)}: ${event.text}`
      case "Note":
        return `${event.lanes.map(titleOf).join(" and ")}: ${event.text}`
      case "Death":
        return `${titleOf(event.lane)} ends: ${event.text}`
    }
  }
  return diagram.events.map((event) => `${event.step}. ${sentence(event)}.`)
}
