/** What is claimed of every chapter: its generated parts are fresh, its laws are stated, and its links lead somewhere. */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { anchorsOf, linksOf, type Part, partsOf, renewed } from "./markdown.ts"

export interface Chapter {
  readonly protocol: string
  readonly place: URL
  readonly makePart: (part: Part) => Promise<string>
  /** Laws that must have a heading and a part of their own. */
  readonly lawNumbers: ReadonlyArray<string>
}

/** Makes the chapter anew, and writes it where that was asked for. Explorations are done once, and all tests look at the same text. */
export const freshText = async ({ place, makePart }: Chapter): Promise<string> => {
  const text = await renewed(readFileSync(place, "utf8"), makePart)
  if (process.env.UPDATE_DOCS === "1") writeFileSync(place, text)
  return text
}

/** Registers the tests of what is claimed of every chapter. */
export const chapterClaims = ({ protocol, place, lawNumbers }: Chapter, fresh: Promise<string>): void => {
  test(`${protocol}: chapter: every generated part says what the repository says now`, async () => {
    const now = partsOf(await fresh)
    const written = partsOf(readFileSync(place, "utf8"))
    const stale = now.filter(({ content }, index) => content !== written[index]?.content).map(({ name }) => name)
    expect(stale, "run `UPDATE_DOCS=1 npx vitest run docs`, read the diff, and commit it if you understand it").toEqual(
      []
    )
  })

  test(`${protocol}: chapter: every law has a heading and its statement`, async () => {
    const text = await fresh
    const anchors = anchorsOf(text)
    const stated = new Set(partsOf(text).map(({ name }) => name))
    const unstated = lawNumbers.filter((number) => !anchors.has(number.toLowerCase()) || !stated.has(`law ${number}`))
    expect(unstated, "each needs a heading of its number, a part `law NUMBER` below it, and a line why").toEqual([])
  })

  test(`${protocol}: chapter: every link leads somewhere`, async () => {
    const text = await fresh
    const anchors = anchorsOf(text)
    const broken = linksOf(text).filter((target) => {
      if (target.startsWith("https://")) return false
      const [path = "", anchor] = target.split("#")
      if (path !== "") return !existsSync(new URL(path, place))
      return anchor === undefined || !anchors.has(anchor)
    })
    expect(broken).toEqual([])
  })
}
