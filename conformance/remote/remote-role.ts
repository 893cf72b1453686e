/** A role that an adapter in another process may play: its words on the wire, and where it is checked. */
import { createHash } from "node:crypto"
import { Schema } from "effect"
import type { LawGround } from "../kit/law-walk.ts"
import type { Part } from "../kit/part.ts"
import type { PartGraph } from "../kit/stage.ts"
import type { Label } from "../report/story.ts"

/** A design of a role by name, and the graphs of its environments. */
export interface RemoteVariant<L, I, O, V> {
  readonly name: string
  /** Environments for random walks, taken in turn: as many and in the same order in every variant of a role. */
  readonly walks: ReadonlyArray<() => PartGraph<L, I, O, V>>
  /** A bounded environment, for a tour of every transition. */
  readonly bounded: () => PartGraph<L, I, O, V>
}

/** What may be observed of a role's state. */
export interface Shown<V> {
  readonly name: string
  readonly value: Schema.Codec<V, unknown>
}

export interface RemoteRole<L, I, O, V> extends LawGround<L, I, O, V> {
  /** Such as `sessions/registry`. */
  readonly role: string
  readonly input: Schema.Codec<I, unknown>
  readonly output: Schema.Codec<O, unknown>
  readonly shown: Shown<V> | undefined
  readonly part: Part<L, I, O, V>
  /** Whether the role has words for a death. Where it has none, nothing that is asked of an implementation is a reason to die. */
  readonly mayDie: boolean
  /** Where one allows what another does, the freer one comes first. A tour is about the last one that explains what was seen. */
  readonly variants: ReadonlyArray<RemoteVariant<L, I, O, V>>
  readonly vectors: VectorGround<L, I, O, V>
}

/** Where vectors come from. Every input of the paths has to be possible where they are told. */
export interface VectorGround<L, I, O, V> {
  /** A bounded role in a design that leaves nothing to chance, so that paths through it lead where they were planned to. */
  readonly paths: () => PartGraph<L, I, O, V>
  /** The variant whose outputs are expected along these paths, by name. */
  readonly variant: string
  readonly told: () => PartGraph<L, I, O, V>
}

/** A role of a table of roles, each with types of its own. */
export interface RoleEntry {
  readonly role: string
  readonly spec: RoleSpec
  /** Hands the role to whoever works with any role. */
  open<A>(use: <L extends Label, I, O extends Tagged, V>(role: RemoteRole<L, I, O, V>) => A): A
}

interface Tagged {
  readonly _tag: string
}

export const entry = <L extends Label, I, O extends Tagged, V>(role: RemoteRole<L, I, O, V>): RoleEntry => ({
  role: role.role,
  spec: specOf(role.role, [role.input, role.output, ...(role.shown === undefined ? [] : [role.shown.value])]),
  open: (use) => use(role)
})

/** Roles by a name, with its protocol or without. */
export const rolesNamed = (roles: ReadonlyArray<RoleEntry>, name: string): ReadonlyArray<RoleEntry> =>
  roles.filter(({ role }) => role === name || role.endsWith(`/${name}`))

/** The version of a role's words, with a hash that changes whenever they do. */
export interface RoleSpec {
  readonly name: string
  readonly version: string
  readonly hash: string
}

/** Raised by hand when words change their meaning though not their form. */
const wordsVersion = "1"

const specOf = (name: string, words: ReadonlyArray<Schema.Codec<unknown, unknown>>): RoleSpec => {
  const text = JSON.stringify(words.map((schema) => Schema.toJsonSchemaDocument(schema)))
  return { name, version: wordsVersion, hash: createHash("sha256").update(text).digest("hex").slice(0, 16) }
}
