/**
 * A chapter as text with generated parts and runnable blocks.
 *
 * A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; within a line if the opening mark is not the end of
 * its line, else on lines of its own.
 */

/** A part as it is now: its name, its content, and everything above it. */
export interface Part {
  readonly name: string
  readonly content: string
  readonly above: string
}

const marked = /<!-- generated: ([^>]+?) -->([\s\S]*?)<!-- end -->/g

/** The parts of a text, in order. */
export const partsOf = (text: string): ReadonlyArray<Part> =>
  [...text.matchAll(marked)].map(({ 1: name = "", 2: content = "", index }) => ({
    name,
    content: content.trim(),
    above: text.slice(0, index)
  }))

/** The text with every part made anew. */
export const renewed = async (text: string, make: (part: Part) => Promise<string>): Promise<string> => {
  const made: Array<string> = []
  for (const part of partsOf(text)) made.push(await make(part))
  return text.replace(marked, (_, name: string, old: string) => {
    const content = made.shift() ?? ""
    return old.startsWith("\n")
      ? `<!-- generated: ${name} -->\n${content}\n<!-- end -->`
      : `<!-- generated: ${name} -->${content}<!-- end -->`
  })
}

/** A fenced block: what is behind its fence, its code, and the line it begins at. */
export interface Block {
  readonly info: string
  readonly code: string
  readonly line: number
}

/** The fenced blocks of a text, in order. */
export const blocksOf = (text: string): ReadonlyArray<Block> =>
  [...text.matchAll(/^```([^\n`]*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = "", 2: code = "", index }) => ({
    info: info.trim(),
    code,
    line: text.slice(0, index).split("\n").length
  }))

/** Headings as the anchors that GitHub makes of them. */
export const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(({ 1: heading = "" }) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-")
    )
  )

/** Where the text's links lead, in order. */
export const linksOf = (text: string): ReadonlyArray<string> =>
  [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(({ 1: target = "" }) => target)

const withoutBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, "")
