/** Skeletons of adapters: they shake hands, and answer every input with what is missing. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { packageFile } from "../package/package-file.ts"
import type { RoleEntry } from "../remote/remote-role.ts"
import { type RoleWords, type Word, wordsOf } from "./role-words.ts"

/** Languages that there is a skeleton for. */
export const scaffoldLanguages = ["python", "c", "java", "rust", "go", "erlang", "typescript"] as const
export type ScaffoldLanguage = (typeof scaffoldLanguages)[number]

/** One file of a skeleton, by its name in the folder that is made. */
export interface ScaffoldFile {
  readonly name: string
  readonly text: string
}

export interface Scaffold {
  readonly files: ReadonlyArray<ScaffoldFile>
  /** Which of them is to be filled in. The others speak with the kit, and stay as they are. */
  readonly adapter: string
  /** What has to be built before the first check, in the folder; nothing where nothing has to. */
  readonly build: string | undefined
  /** The adapter's command, in the folder. */
  readonly command: string
}

const commands: Readonly<Record<ScaffoldLanguage, Pick<Scaffold, "build" | "command">>> = {
  python: { build: undefined, command: "python3 adapter.py" },
  c: { build: "cc -std=c11 -O2 -o adapter adapter.c frames.c json.c", command: "./adapter" },
  java: { build: "javac -d build Adapter.java Frames.java Json.java", command: "java -cp build Adapter" },
  rust: { build: "rustc --edition 2021 -O -o adapter adapter.rs", command: "./adapter" },
  go: { build: "go build -o adapter .", command: "./adapter" },
  erlang: {
    build: "erlc adapter.erl frames.erl kit_json.erl",
    command: "erl -noinput -s adapter main"
  },
  typescript: { build: undefined, command: "npx tsx adapter.mts" }
}

/** What every adapter in a language has in common is beside the examples where there are any, once. */
const alsoTaken: Readonly<Partial<Record<ScaffoldLanguage, ReadonlyArray<string>>>> = {
  python: ["frames.py"],
  c: ["frames.c", "frames.h", "json.c", "json.h"],
  java: ["Frames.java", "Json.java"],
  rust: ["frames.rs", "json.rs"],
  go: ["frames.go", "go.mod"]
}

const here = packageFile("conformance", "scaffold")

/** The skeleton of an adapter for a role, in a language. */
export const scaffold = (language: ScaffoldLanguage, entry: RoleEntry): Scaffold => {
  const words = wordsOf(entry)
  const templates = readdirSync(join(here, language))
    .sort()
    .map((file) => ({ name: file.replace(/\.template$/, ""), text: render(textAt(language, file), words) }))
  const shared = (alsoTaken[language] ?? []).map((name) => ({
    name,
    text: textAt("..", "examples", language, name)
  }))
  const files = [...templates, ...shared]
  const { name } = files.find((file) => /^adapter\./i.test(file.name))!
  return { files, adapter: name, ...commands[language] }
}

const textAt = (...path: ReadonlyArray<string>): string => readFileSync(join(here, ...path), "utf8")

/** Placeholders that stand for each word of a kind in turn. */
const kinds = { "{{input}}": "inputs", "{{output}}": "outputs", "{{inner}}": "inner" } as const

/**
 * Fills in a template.
 *
 * `{{role}}` is the role. A line that names `{{input}}`, `{{output}}` or `{{inner}}` stands for all of these. `{{names}}` and
 * `{{fields}}` are those of the word at hand. What stands between `@each input` and `@end` is there for each input, and what
 * stands between `@if inner` and `@end` only where there are inner words.
 */
const render = (template: string, words: RoleWords): string => {
  const lines: Array<string> = []
  let begin: { readonly repeats: boolean; readonly at: number } | undefined
  for (const line of template.split("\n")) {
    if (line.includes("@each input")) begin = { repeats: true, at: lines.length }
    else if (line.includes("@if inner")) begin = { repeats: false, at: lines.length }
    else if (begin !== undefined && line.includes("@end")) {
      const block = lines.splice(begin.at)
      if (begin.repeats) for (const word of words.inputs) lines.push(...block.map((one) => filled(one, word)))
      else if (words.inner.length > 0) lines.push(...block)
      begin = undefined
    } else if (begin?.repeats === true) lines.push(line)
    else lines.push(...repeated(line, words))
  }
  return lines.join("\n").replaceAll("{{role}}", words.role)
}

/** A line for each word of the kind that it names; the line itself where it names none. */
const repeated = (line: string, words: RoleWords): ReadonlyArray<string> => {
  const kind = Object.entries(kinds).find(([placeholder]) => line.includes(placeholder))?.[1]
  return kind === undefined ? [line] : words[kind].flatMap((word) => wrapped(filled(line, word)))
}

const filled = (line: string, { tag, names, fields }: Word): string =>
  line
    .replaceAll(/\{\{(?:input|output|inner)\}\}/g, () => tag)
    .replaceAll(/ ?\{\{names\}\}/g, () => (names === "" ? "" : ` {${names}}`))
    .replaceAll(/ ?\{\{fields\}\}/g, () => (fields === "" ? "" : ` {${fields}}`))
    // What is left of a comment that would have named fields.
    .replace(/\s*(?:\/\/|#|%|\/\* \*\/)?\s*$/, "")

const width = 100

/** A line of a comment as lines that are not too long, each behind the same beginning. */
const wrapped = (line: string): ReadonlyArray<string> => {
  const [beginning = ""] = /^[\s/*%#!]*/.exec(line) ?? []
  const lines: Array<string> = []
  let now = ""
  for (const piece of line.split(/(?<=[|,]) /)) {
    if (now !== "" && `${now} ${piece}`.length > width) {
      lines.push(now)
      now = `${beginning}    ${piece}`
    } else now = now === "" ? piece : `${now} ${piece}`
  }
  return [...lines, now]
}
