/** The examples as a user has them: command lines, and what is said over them. */
import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root } from "../house/repository.test-support.ts"
import { bytesOf } from "../scaffold/odd-lines.test-support.ts"

export const languages = ["python", "c", "java", "rust", "go"] as const
export type Language = (typeof languages)[number]

export type Example = "session_registry" | "dcp_consumer"

/** What there is in each language. */
export const examplesIn: Readonly<Record<Language, ReadonlyArray<Example>>> = {
  python: ["session_registry", "dcp_consumer"],
  c: ["session_registry", "dcp_consumer"],
  java: ["session_registry"],
  rust: ["session_registry"],
  go: ["session_registry"]
}

/** How a language ends the names of its files. */
const extensionOf: Readonly<Record<Language, string>> = { python: "py", c: "c", java: "java", rust: "rs", go: "go" }

/** The file of an implementation, which is its name as well, or of its adapter: in Java a file is called as its class is. */
export const fileOf = (language: Language, example: Example, part: "" | "_adapter" = ""): string => {
  const name = `${example}${part}`
  const called = language === "java" ? name.replaceAll(/(?:^|_)(.)/g, (_, first: string) => first.toUpperCase()) : name
  return `${called}.${extensionOf[language]}`
}

const tools: Readonly<Record<Language, ReadonlyArray<readonly [tool: string, version: string]>>> = {
  python: [["python3", "--version"]],
  c: [
    ["gcc", "--version"],
    ["make", "--version"]
  ],
  java: [
    ["javac", "--version"],
    ["java", "--version"]
  ],
  rust: [["rustc", "--version"]],
  go: [["go", "version"]]
}

/** Whether everything is here that a language's examples need. */
export const isReady = (language: Language): boolean =>
  tools[language].every(([tool, version]) => spawnSync(tool, [version], { stdio: "ignore" }).status === 0)

export const sourcesOf = (language: Language): string => join(root, "conformance", "examples", language)

/** One place in an example's sources that is to read otherwise. */
export interface Change {
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Compilers and tours take their time, the more so beside other tests. */
export const patienceMs = 300_000

const folders: Array<string> = []

/** Removes whatever was prepared. */
export const removePrepared = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** A folder of its own with a language's examples, changed if there are any changes. */
export const preparedFolder = (language: Language, changes: ReadonlyArray<Change> = []): string => {
  const folder = mkdtempSync(join(tmpdir(), `portcullis-${language}-`))
  folders.push(folder)
  cpSync(sourcesOf(language), folder, { recursive: true })
  for (const { file, from, to } of changes) {
    const text = readFileSync(join(folder, file), "utf8")
    if (text.split(from).length !== 2) throw new TypeError(`${file} does not have just once: ${from}`)
    writeFileSync(
      join(folder, file),
      text.replace(from, () => to)
    )
  }
  return folder
}

/** What builds the examples of a language that needs neither flags nor make. */
const builds: Readonly<Partial<Record<Language, ReadonlyArray<string>>>> = {
  java: ["sh", "-c", "javac -Xlint:all -Werror -d build *.java"],
  rust: "rustc --edition 2021 -D warnings -O -o build/session_registry_adapter session_registry_adapter.rs".split(" "),
  go: ["go", "build", "-o", "build/session_registry_adapter", "."]
}

/**
 * The command of each example, after it was built where it has to be.
 *
 * It all happens in a folder of its own, with changes if there are any. `flags` are the C compiler's.
 */
export const prepared = (
  language: Language,
  changes: ReadonlyArray<Change> = [],
  flags = "-O2 -Werror"
): ((example: Example) => string) => {
  const folder = preparedFolder(language, changes)
  if (language === "python") return (example) => `python3 -B "${join(folder, `${example}_adapter.py`)}"`
  mkdirSync(join(folder, "build"))
  const [tool, ...args] = builds[language] ?? ["make", `CFLAGS=${flags}`, "BUILD=build"]
  const { status, stderr } = spawnSync(tool!, args, { cwd: folder, encoding: "utf8" })
  if (status !== 0) throw new Error(`${tool}: ${stderr}`)
  if (language === "java") return () => `java -cp "${join(folder, "build")}" SessionRegistryAdapter`
  return (example) => `"${join(folder, "build", `${example}_adapter`)}"`
}

/** What an adapter says to lines that are all there at once, and how it ends. */
export const conversation = (
  command: string,
  lines: ReadonlyArray<string | Uint8Array>
): { readonly answers: ReadonlyArray<unknown>; readonly status: number | null; readonly log: string } => {
  const { stdout, stderr, status } = spawnSync(command, { shell: true, input: bytesOf(lines), encoding: "utf8" })
  const said = stdout.split("\n").filter((line) => line !== "")
  return { answers: said.map((line): unknown => JSON.parse(line)), status, log: stderr }
}
