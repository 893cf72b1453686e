/** A node whose disk is damaged while it is down: it says what is wrong and where, and begins nothing. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { NodeId } from "../../../spec/metadata.ts"
import { ChildGone } from "../../adapters/processes.ts"
import { Stuck } from "../waiting.ts"
import type { Ground } from "./ground.ts"
import type { Damage } from "./plan.ts"

/** What there is of a node's files, by path. */
type Files = ReadonlyMap<string, Buffer>

const filesIn = (ground: Ground, node: NodeId): Files => {
  const { store, journal } = ground.filesOf(node)
  const paths = [...readdirSync(store).map((name) => join(store, name)), journal]
  return new Map(paths.filter(existsSync).map((path) => [path, readFileSync(path)]))
}

/**
 * Whether a node must notice that it lost this file, whatever it did before: `ring` is the last that a node writes as it begins, and
 * part of a group that it has not stored the name of is nothing that another file knows of.
 */
const isMissed = (name: string): boolean => ["local", "discovery", "schema"].includes(name)

/** Which file is damaged, and what it is then; nothing where it is missing. */
const damaged = ({ how, file, at }: Damage, store: string): { readonly path: string; readonly bytes?: Buffer } => {
  const names = readdirSync(store).filter((name) => !name.endsWith(".new"))
  const fit = names.filter((name) => how !== "missing" || isMissed(name)).sort()
  const name = fit[file % fit.length]!
  const path = join(store, name)
  const whole = readFileSync(path)
  const end = Math.floor((at * whole.length) / 1_000)
  switch (how) {
    case "truncated":
      return { path, bytes: whole.subarray(0, end) }
    case "torn":
      return { path, bytes: Buffer.concat([whole.subarray(0, end), Buffer.alloc(whole.length - end)]) }
    case "swapped":
      return { path, bytes: readFileSync(join(store, fit[(file + 1) % fit.length]!)) }
    case "missing":
      return { path }
  }
}

/** What a node says of a file: the place where it goes wrong and what was expected there, or that there is none. */
const isClear = (said: string, path: string, how: Damage["how"]): boolean => {
  const [, after] = said.split(how === "missing" ? `node: ${path}: ` : `node: ${path}, byte `)
  return (how === "missing" ? /^the file is missing, and / : /^[0-9]+: .*\bexpected/).test(after ?? "")
}

/**
 * Damages a file of a node that is down, has the node start, and puts the file back. Throws `Stuck` unless the node ends with a
 * clear error, and has told and written nothing.
 */
export const refusesToStart = async (ground: Ground, node: NodeId, damage: Damage): Promise<void> => {
  const { path, bytes } = damaged(damage, ground.filesOf(node).store)
  const whole = readFileSync(path)
  if (bytes === undefined) rmSync(path)
  else writeFileSync(path, bytes)
  const before = filesIn(ground, node)
  const said = await saidAtStart(ground, node)
  const what = `${node} is started, and ${path} is ${damage.how}`
  if (said === undefined) throw new Stuck(`${what}: it begins`)
  if (!isClear(said, path, damage.how)) throw new Stuck(`${what}: it does not say so: ${said}`)
  const after = filesIn(ground, node)
  const other = [...new Set([...before.keys(), ...after.keys()])].find(
    (one) => !isSame(before.get(one), after.get(one))
  )
  if (other !== undefined) throw new Stuck(`${what}: it has written to ${other}`)
  writeFileSync(path, whole)
}

const isSame = (one: Buffer | undefined, other: Buffer | undefined): boolean =>
  one !== undefined && other !== undefined && one.equals(other)

/** What a process said that ended before it served; undefined where it serves. */
const saidAtStart = async (ground: Ground, node: NodeId): Promise<string | undefined> => {
  try {
    await ground.boot(node, null)
    return undefined
  } catch (error) {
    if (error instanceof ChildGone) return error.message
    throw error
  }
}
