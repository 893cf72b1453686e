/** Vectors and transcripts as they stand in files: one JSON object a line. */
import { Schema } from "effect"
import { Crash, ignored } from "../protocol/answers.ts"
import { SpecVersion } from "../protocol/requests.ts"
import type { RemoteRole } from "../remote/remote-role.ts"

/** The version of these files. A minor version adds fields; a file of a newer one is refused, for nobody knows what it leaves unsaid. */
export const schemaVersion = { major: 1, minor: 0 } as const

/** Such as `1.0`. */
export const schemaVersionText = `${schemaVersion.major}.${schemaVersion.minor}`

const Version = Schema.String.check(Schema.isPattern(/^[0-9]{1,4}\.[0-9]{1,4}$/))

const Ignored = Schema.Struct({ $: Schema.Literal(ignored.$) })

/** The state as far as it may be seen, after an input. */
const stateOf = <L, I, O, V>({ shown }: RemoteRole<L, I, O, V>) =>
  shown === undefined
    ? Ignored
    : Schema.Union([
        Ignored,
        // Nobody is alive to show anything.
        Schema.Null,
        Schema.Struct({ [shown.name]: Schema.Union([Ignored, shown.value]) })
      ])

/** One thing that may come of an input. */
const expectedOf = <L, I, O, V>(role: RemoteRole<L, I, O, V>) =>
  Schema.Struct({
    /** In the order of the model. Outputs with different `_tag` come in any order among each other. */
    outputs: Schema.Array(role.output),
    state: stateOf(role)
  })

/** A vector of a role. */
export const vectorOf = <L, I, O, V>(role: RemoteRole<L, I, O, V>) =>
  Schema.Struct({
    schemaVersion: Version,
    /** A case whose meaning changes gets a new id. */
    id: Schema.String.check(Schema.isNonEmpty()),
    spec: SpecVersion,
    /** Capabilities without which this cannot be run. */
    requires: Schema.Array(Schema.String),
    /** Laws that judge what comes of it. */
    laws: Schema.Array(Schema.String),
    /** The design whose outputs are expected. Another may be as lawful. */
    variant: Schema.String,
    /** Inputs, from a fresh start. */
    steps: Schema.Array(role.input).check(Schema.isNonEmpty()),
    /** For each step all that may come of it. One of them has to. */
    expect: Schema.Array(Schema.Array(expectedOf(role)).check(Schema.isNonEmpty()))
  })
export interface Vector<I, O, V> {
  readonly schemaVersion: string
  readonly id: string
  readonly spec: typeof SpecVersion.Type
  readonly requires: ReadonlyArray<string>
  readonly laws: ReadonlyArray<string>
  readonly variant: string
  readonly steps: ReadonlyArray<I>
  readonly expect: ReadonlyArray<ReadonlyArray<Expected<O, V>>>
}

/** One thing that may come of an input, with what is then shown. */
export interface Expected<O, V> {
  readonly outputs: ReadonlyArray<O>
  readonly state: State<V>
}

type State<V> = typeof Ignored.Type | null | { readonly [name: string]: V | typeof Ignored.Type }

/** A line of a transcript. */
export interface TranscriptLine<I, O> {
  readonly id: string
  readonly implementation: string
  readonly steps: ReadonlyArray<I>
  readonly seen: ReadonlyArray<{
    readonly outputs: ReadonlyArray<O>
    readonly crash?: typeof Crash.Type
    readonly state?: unknown
  }>
}

/** What came of a vector, or of any other sequence of inputs. */
export const transcriptOf = <L, I, O, V>(role: RemoteRole<L, I, O, V>) =>
  Schema.Struct({
    schemaVersion: Version,
    /** That of the vector. */
    id: Schema.String.check(Schema.isNonEmpty()),
    spec: SpecVersion,
    /** The implementation by its own name. */
    implementation: Schema.String.check(Schema.isNonEmpty()),
    steps: Schema.Array(role.input).check(Schema.isNonEmpty()),
    /** What came of each step, in order. It ends where the implementation died. */
    seen: Schema.Array(
      Schema.Struct({
        outputs: Schema.Array(role.output),
        crash: Schema.optionalKey(Crash),
        state: Schema.optionalKey(stateOf(role))
      })
    )
  })

/** The JSON Schema of a file's lines, for whoever reads or writes them in another language. */
export const jsonSchemaOf = (schema: Schema.Codec<unknown, unknown>): object => {
  const { schema: root, definitions } = Schema.toJsonSchemaDocument(schema)
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...root,
    ...(Object.keys(definitions).length === 0 ? {} : { $defs: definitions })
  }
}
