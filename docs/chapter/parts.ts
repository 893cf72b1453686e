/** The generated parts of the chapter on DCP, by the first word of their name. */
import { readScenario } from "../../conformance/talk/scenarios.ts"
import { assumptionsTable } from "./assumptions-table.ts"
import { claimsTable } from "./claims-table.ts"
import { designsTable } from "./designs-table.ts"
import { breaks, exploredScope, lawIn } from "./exploring.ts"
import { lawText } from "./laws-text.ts"
import { blocksOf, type Part } from "./markdown.ts"
import { repairsTable } from "./repairs-table.ts"
import { runTypeScript } from "./run-block.ts"
import { scopesTable } from "./scopes-table.ts"
import { counterexample } from "./stories.ts"
import { agreement, differencesTable, logCrashes } from "./transcripts-table.ts"

type Make = (words: ReadonlyArray<string>, part: Part) => string | Promise<string>

const makers: Readonly<Record<string, Make>> = {
  scopes: scopesTable,
  designs: designsTable,
  assumptions: assumptionsTable,
  repairs: repairsTable,
  claims: claimsTable,
  agreement,
  differences: differencesTable,
  logCrashes,
  /** `law S4`. */
  law: ([number = ""]) => lawText(number),
  /** `story beforeFix L1`. */
  story: ([scope = "", number = ""]) => counterexample(scope, number),
  /** `talk f3-end-before-answer-hangs`. */
  talk: ([name = ""]) => `\`\`\`text\n${readScenario("dcp", name).trimEnd()}\n\`\`\``,
  /** `steps beforeFix L1`, within a line. */
  steps: ([scope = "", number = ""]) => String(lawIn(exploredScope(scope), number).length),
  /** `breaks asShipped`, within a line. */
  breaks: ([scope = ""]) => breaks(exploredScope(scope)),
  /** `output`: what the TypeScript block above it prints. */
  output: async (_, { above }) => {
    const block = blocksOf(above).at(-1)
    if (block?.info !== "ts run") throw new TypeError("there is no block to run above a part named output")
    const { status, printed } = await runTypeScript(block.code, "spec/dcp/")
    if (status !== 0) throw new Error(`the block at line ${block.line} fails:\n${printed}`)
    return `\`\`\`text\n${printed.trimEnd()}\n\`\`\``
  }
}

/** Makes a part of the chapter. Throws where its name says nothing, or where what it would claim is not so. */
export const makePart = async (part: Part): Promise<string> => {
  const [name = "", ...words] = part.name.split(" ")
  const make = makers[name]
  if (make === undefined) throw new TypeError(`nothing makes a part named "${part.name}"`)
  return make(words, part)
}
