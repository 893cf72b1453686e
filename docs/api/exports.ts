/** What the package's entries export, as the compiler sees it: names, docstrings and declarations. */
import { fileURLToPath } from "node:url"
import type { Node } from "typescript/unstable/ast"
import { API, type Checker, type Project, SymbolFlags, type Symbol as TypeSymbol } from "typescript/unstable/sync"

const repository = fileURLToPath(new URL("../../", import.meta.url))

/** Something that an entry exports. */
export interface Exported {
  readonly name: string
  /** What its docstring says; empty where there is none. */
  readonly doc: string
  /** Its file, from the repository's root. */
  readonly file: string
  /** More than one where a value and a type share the name. */
  readonly declarations: ReadonlyArray<Node>
}

/** An entry, or a namespace that an entry exports. */
export interface Namespace {
  /** The names to get there from the entry, such as `dcp.kv`; empty for the entry itself. */
  readonly path: string
  readonly doc: string
  readonly exported: ReadonlyArray<Exported>
}

/** What is asked of the compiler beyond a declaration's own text. */
export type TypeOf = (declaration: Node) => string

export interface Entry {
  readonly name: string
  readonly namespaces: ReadonlyArray<Namespace>
}

export const entryNames = ["spec", "model", "impl", "conformance"] as const

/** Reads the entries, and has `use` tell of them while the compiler is there to be asked. */
export const withEntries = <A>(use: (entries: ReadonlyArray<Entry>, typeOf: TypeOf) => A): A => {
  const api = new API({ cwd: repository })
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${repository}tsconfig.build.json`] }).getProjects()
    if (project === undefined) throw new Error("the compiler opens no project")
    const { checker } = project
    const typeOf: TypeOf = (declaration) => {
      const type = checker.getTypeAtLocation(declaration)
      return type === undefined ? "unknown" : checker.typeToString(type, declaration)
    }
    return use(
      entryNames.map((name) => ({ name, namespaces: namespacesOf(project, name) })),
      typeOf
    )
  } finally {
    api.close()
  }
}

const namespacesOf = ({ program, checker }: Project, entry: string): ReadonlyArray<Namespace> => {
  const file = program.getSourceFile(`${repository}${entry}/index.ts`)
  const symbol = file === undefined ? undefined : checker.getSymbolAtLocation(file)
  if (symbol === undefined) throw new Error(`${entry}/index.ts exports nothing`)
  return within(checker, symbol, "")
}

/** A module and the namespaces in it, the module first. */
const within = (checker: Checker, module: TypeSymbol, path: string): ReadonlyArray<Namespace> => {
  const all = checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    symbol: (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)
  }))
  const isModule = ({ symbol }: { readonly symbol: TypeSymbol }): boolean =>
    (symbol.flags & SymbolFlags.ValueModule) !== 0
  const exported = all.filter((one) => !isModule(one)).map(({ name, symbol }) => exportedAs(checker, name, symbol))
  const inner = all.filter(isModule)
  return [
    { path, doc: headOf(module), exported: exported.sort(byPlace) },
    ...inner.flatMap(({ name, symbol }) => within(checker, symbol, path === "" ? name : `${path}.${name}`))
  ]
}

const exportedAs = (checker: Checker, name: string, symbol: TypeSymbol): Exported => {
  const declarations = symbol.declarations.flatMap((handle) => handle.resolve() ?? [])
  const [first] = declarations
  if (first === undefined) throw new Error(`${name} is declared nowhere`)
  const file = first.getSourceFile().fileName.slice(repository.length)
  return { name, doc: symbol.getDocumentationComment(checker).trim(), file, declarations }
}

/** The comment that a module begins with. */
const headOf = (module: TypeSymbol): string => {
  const text = module.declarations[0]?.resolve()?.getSourceFile().text ?? ""
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? []
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .join("\n")
    .trim()
}

/** File by file, and in each as it is written there. */
const byPlace = (one: Exported, other: Exported): number =>
  one.file === other.file
    ? (one.declarations[0]?.pos ?? 0) - (other.declarations[0]?.pos ?? 0)
    : one.file < other.file
      ? -1
      : 1
