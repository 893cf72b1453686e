/** Explorations that the numbers of the chapter on DCP come from. */
import { scopes } from "../../model/dcp/scopes.ts"
import type { Exploration } from "../../model/explorer/exploration.ts"
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { exploringOf } from "./exploring-of.ts"

export type Found = Exploration<DcpLabel>

export const { explored, scopeNamed, commandFor, exploredScope, numberOf, lawIn, breaks } = exploringOf<DcpLabel>(
  "dcp",
  "DCP",
  scopes
)

/** A table in Markdown. */
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n")

const cell = (text: string): string => text.replaceAll("|", "\\|")
