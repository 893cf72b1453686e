/** The test that plays regressions in the language of an adapter: it is written beside them, and kept with the adapter. */

/** Languages as adapters tell them, and the test that their own tools run. */
const players: ReadonlyArray<readonly [language: RegExp, file: string]> = [
  [/^python/i, "regression_test.py"],
  [/^(typescript|javascript|node)/i, "regression.test.mts"],
  [/^go(lang)?\b/i, "regression_test.go"]
]

/** Elsewhere a test without the kit would need a reader of JSON of its own, so there the kit plays them, from a shell. */
const otherwise = "regression_test.sh"

/** The name of the test for a language; a shell's where nobody has told one, or there is none for it. */
export const playerFor = (language = ""): string => players.find(([known]) => known.test(language))?.[1] ?? otherwise
