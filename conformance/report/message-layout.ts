/** The lay-out that all messages about failures share: a headline, blocks of text, and where to go from here. */
import { sanitize } from "./terminal-text.ts"
import { widthOf, wrap } from "./wrapped-text.ts"

/** The columns that messages keep to. */
export const messageWidth = 110

/** A headline with a mark and an id; what does not fit goes below, and `where` stands at the right if there is room. */
export const headline = (id: string, sentence: string, where: string): ReadonlyArray<string> => {
  const opening = `✗ ${sanitize(id)}  `
  const indent = " ".repeat(widthOf(opening))
  const lines = wrap(sanitize(sentence), messageWidth - indent.length)
  const place = sanitize(where)
  const room = messageWidth - indent.length - widthOf(lines[0] ?? "") - widthOf(place)
  if (lines.length === 1 && room >= 4 && place !== "") return [`${opening}${lines[0]}${" ".repeat(room)}${place}`]
  const text = lines.map((line, index) => (index === 0 ? opening : indent) + line)
  return place === "" ? text : [...text, indent + place]
}

/** A text below a diagram, at the diagram's left edge. */
export const paragraph = (text: string): ReadonlyArray<string> =>
  wrap(sanitize(text), messageWidth - 6).map((line) => `      ${line}`)

/** Lines of the form `name  value`, for the names that have a value. */
export const pointers = (
  entries: ReadonlyArray<readonly [name: string, value: string | undefined]>
): ReadonlyArray<string> =>
  entries.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)}${sanitize(value)}`]))

/** `1 step`, `6 steps`. */
export const steps = (count: number): string => `${count} ${count === 1 ? "step" : "steps"}`
