/** The reference of one entry as a page. */
import { declarationText } from "./declaration.ts"
import type { Entry, Exported, Namespace, TypeOf } from "./exports.ts"

export const apiPage = ({ name, namespaces }: Entry, typeOf: TypeOf): string => {
  const blocks = [
    `# portcullis/${name}`,
    "<!-- Made from docstrings by `UPDATE_DOCS=1 npx vitest run docs/api`. -->",
    ...namespaces.flatMap((namespace) => section(name, namespace, typeOf))
  ]
  return `${blocks.join("\n\n")}\n`
}

const section = (entry: string, { path, doc, exported }: Namespace, typeOf: TypeOf): ReadonlyArray<string> => [
  ...(path === "" ? [] : [`## ${path}`]),
  prose(doc),
  ["```ts", `import { ${path === "" ? listed(exported) : path.split(".")[0]} } from "portcullis/${entry}"`, "```"].join(
    "\n"
  ),
  ...exported.flatMap((one) => item(path, one, typeOf))
]

const item = (path: string, one: Exported, typeOf: TypeOf): ReadonlyArray<string> => [
  `### ${path === "" ? one.name : `${path}.${one.name}`}`,
  prose(one.doc),
  ["```ts", declarationText(one, typeOf), "```"].join("\n"),
  `[${one.file}](../../${one.file})`
]

/** The names of an entry, as many as fit on a line. */
const listed = (exported: ReadonlyArray<Exported>): string => {
  const names = exported.map(({ name }) => name)
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} /* ... */`
}

/** A docstring as Markdown, which would take what stands in angle brackets for a tag. */
const prose = (doc: string): string =>
  doc
    .split("`")
    .map((piece, at) => (at % 2 === 0 ? piece.replaceAll("<", "\\<") : piece))
    .join("`")
