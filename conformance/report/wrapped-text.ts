/** Text measured and broken for a width in columns. */

/** The columns that a text takes: one per code point. */
export const widthOf = (text: string): number => [...text].length

/** The width of the widest line. */
export const widest = (lines: ReadonlyArray<string>): number => Math.max(0, ...lines.map(widthOf))

/** The text in lines of at most `width` columns, broken between words, and inside a word only when it is wider itself. */
export const wrap = (text: string, width: number): ReadonlyArray<string> => {
  const room = Math.max(1, width)
  const lines: Array<string> = []
  let line = ""
  for (const word of text.split(/ +/).flatMap((long) => pieces(long, room))) {
    const longer = line === "" ? word : `${line} ${word}`
    if (widthOf(longer) <= room) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

const pieces = (word: string, width: number): ReadonlyArray<string> => {
  const characters = [...word]
  const count = Math.max(1, Math.ceil(characters.length / width))
  return Array.from({ length: count }, (_, index) => characters.slice(index * width, (index + 1) * width).join(""))
}
