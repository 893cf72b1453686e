/** A grid of characters to draw on, with a style for each, printed without trailing blanks. */
import picocolors from "picocolors"

/** What a character is, for those who like colour. */
export type Ink = "plain" | "title" | "faint" | "cast" | "note" | "loss"

type Paint = (text: string) => string

const colours = picocolors.createColors(true)

const inks: Readonly<Record<Ink, Paint>> = {
  plain: String,
  title: colours.bold,
  faint: colours.dim,
  cast: colours.cyan,
  note: colours.yellow,
  loss: colours.red
}

interface Spot {
  readonly character: string
  readonly ink: Ink
}

const blank: Spot = { character: " ", ink: "plain" }

/** Rows from the top, columns from the left, both from 0; later strokes cover earlier ones. */
export class TextCanvas {
  readonly #rows: Array<Array<Spot>> = []

  /** Writes a text at a place. Blanks cover what was there. */
  put(row: number, column: number, text: string, ink: Ink = "plain"): void {
    while (this.#rows.length <= row) this.#rows.push([])
    const spots = this.#rows[row] ?? []
    for (const [offset, character] of [...text].entries()) {
      while (spots.length <= column + offset) spots.push(blank)
      if (column + offset >= 0) spots[column + offset] = { character, ink }
    }
  }

  /** The drawing as lines, plain or with ANSI colours. */
  lines(colour: boolean): ReadonlyArray<string> {
    return this.#rows.map((spots) => {
      const inked = spots.slice(0, spots.findLastIndex(({ character }) => character !== " ") + 1)
      return runs(inked)
        .map(({ character, ink }) => (colour && character.trim() !== "" ? inks[ink](character) : character))
        .join("")
    })
  }
}

const runs = (spots: ReadonlyArray<Spot>): ReadonlyArray<Spot> => {
  const joined: Array<Spot> = []
  for (const spot of spots) {
    const last = joined.at(-1)
    if (last?.ink === spot.ink) joined[joined.length - 1] = { ...last, character: last.character + spot.character }
    else joined.push(spot)
  }
  return joined
}
