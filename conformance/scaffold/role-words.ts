/** The words of a role as comments in any language: each input and output with its fields. */
import { Schema } from "effect"
import type { RoleEntry } from "../remote/remote-role.ts"

/** One word: its tag, and its fields by name and in short. */
export interface Word {
  readonly tag: string
  /** Such as `session, guard`. */
  readonly names: string
  /** Such as `session: string, guard: string`. */
  readonly fields: string
}

export interface RoleWords {
  /** Such as `sessions/registry`. */
  readonly role: string
  readonly inputs: ReadonlyArray<Word>
  readonly outputs: ReadonlyArray<Word>
  /** What stands inside of those, each once. */
  readonly inner: ReadonlyArray<Word>
}

/** What of a JSON Schema the words of our roles are made of. */
interface Shape {
  readonly type?: string
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<Shape>
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: ReadonlyArray<string>
}

/** The words of a role, from the schemas of the spec. */
export const wordsOf = (entry: RoleEntry): RoleWords =>
  entry.open(({ role, input, output }) => {
    const inputs = alternatives(shapeOf(input))
    const outputs = alternatives(shapeOf(output))
    const inner = [...inputs, ...outputs].flatMap(within).map(wordOf)
    return {
      role,
      inputs: inputs.map(wordOf),
      outputs: outputs.map(wordOf),
      inner: inner.filter(
        ({ tag, fields }, at) => at === inner.findIndex((one) => one.tag === tag && one.fields === fields)
      )
    }
  })

const shapeOf = (schema: Schema.Codec<unknown, unknown>): Shape => Schema.toJsonSchemaDocument(schema).schema as Shape

const alternatives = (shape: Shape): ReadonlyArray<Shape> => shape.anyOf ?? [shape]

/** Words inside of a shape that have fields of their own. */
const within = ({ properties = {} }: Shape): ReadonlyArray<Shape> =>
  Object.values(properties)
    .flatMap((shape) => alternatives(shape.items ?? shape))
    .flatMap((shape) =>
      fieldsOf(shape) === "" ? [] : [...(tagOf(shape) === undefined ? [] : [shape]), ...within(shape)]
    )

const wordOf = (shape: Shape): Word => ({
  tag: tagOf(shape) ?? "",
  names: namesOf(shape).join(", "),
  fields: fieldsOf(shape)
})

const namesOf = ({ properties = {} }: Shape): ReadonlyArray<string> =>
  Object.keys(properties).filter((name) => name !== "_tag")

const tagOf = ({ properties }: Shape): string | undefined => {
  const [tag] = properties?._tag?.enum ?? []
  return typeof tag === "string" ? tag : undefined
}

const fieldsOf = (shape: Shape): string =>
  namesOf(shape)
    .map((name) => `${name}${shape.required?.includes(name) ? "" : "?"}: ${textOf(shape.properties?.[name] ?? {})}`)
    .join(", ")

/** A shape in short: `[integer]`, `"open" | "closing"`, or the tags of the words that may stand there. */
const textOf = (shape: Shape): string => {
  if (shape.anyOf !== undefined) return shape.anyOf.map(textOf).join(" | ")
  if (shape.type === "array") return `[${textOf(shape.items ?? {})}]`
  if (shape.enum !== undefined) return shape.enum.map((value) => JSON.stringify(value)).join(" | ")
  return tagOf(shape) ?? (shape.type === "object" ? `{${fieldsOf(shape)}}` : (shape.type ?? "any"))
}
