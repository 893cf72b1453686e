/** A codec as a part: frames that it knows come back as they were. It remembers nothing. */
import { register } from "../../../model/kernel/cell.ts"
import { rulesOf, type System } from "../../../model/kernel/system.ts"
import type { CodecInput, CodecOutput } from "../../../spec/dcp/codec.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { S18 } from "../../../spec/dcp/laws/packets.ts"
import { channelsThatDiffer } from "../channels.ts"
import type { Part } from "../part.ts"
import { isDied, isStrange, type Reaction } from "../role-under-test.ts"
import { frames } from "./codec-frames.ts"
import { tellSeen } from "./seen-words.ts"

type Recoded = Extract<DcpLabel, { readonly _tag: "Recoded" }>

const fromHex = (hex: string): string => Buffer.from(hex.replaceAll(" ", ""), "hex").toString("base64")
const toHex = (bytes: string): string => Buffer.from(bytes, "base64").toString("hex")

/** Every frame of the kit as an input, by the number of its example. */
export const frameInputs: ReadonlyMap<string, CodecInput> = new Map(
  Object.entries(frames).map(([id, hex]) => [id, { _tag: "Frame", bytes: fromHex(hex) }])
)

/** What a frame and what became of it look like from outside; whoever could not read it has made nothing of it. */
export const codecLabels = (
  { bytes }: CodecInput,
  { outputs }: Reaction<CodecOutput, never>
): ReadonlyArray<DcpLabel> => {
  const original = toHex(bytes)
  const [output] = outputs.flatMap((one) => (isDied(one) || isStrange(one) || one._tag !== "Recoded" ? [] : [one]))
  const declared = output?.length ?? original.length / 2
  return [{ _tag: "Recoded", original, again: output === undefined ? "" : toHex(output.bytes), declared }]
}

export const codecPart: Part<DcpLabel, CodecInput, CodecOutput, never> = {
  protocol: "dcp",
  role: "dcp/codec",
  internal: new Set(),
  weights: {},
  renumbered: new Set(),
  play: (labels) => {
    const { original, again, declared } = labels[0] as Recoded
    return {
      input: { _tag: "Frame", bytes: fromHex(original) },
      due: [{ _tag: "Recoded", bytes: fromHex(again), length: declared }],
      shown: undefined,
      begins: false,
      ends: false
    }
  },
  differs: (due, seen) => channelsThatDiffer(due, seen, (output) => ({ channel: "frames", items: [output] })),
  actual: (burst, seen) =>
    burst.map((labels) =>
      labels.flatMap((label) =>
        label._tag === "Recoded" ? codecLabels({ _tag: "Frame", bytes: fromHex(label.original) }, seen) : [label]
      )
    ),
  choice: (labels) => (labels[0] as Recoded).original,
  simpler: () => [],
  tellInput: ({ bytes }) => `frame ${toHex(bytes)}`,
  tellDue: ({ due }) => due.map(tellOutput),
  tellOutput: (output) => tellSeen(output, tellOutput),
  tellShown: () => "nothing"
}

const tellOutput = (output: CodecOutput): string =>
  output._tag === "Recoded" ? `${toHex(output.bytes)}, ${output.length} bytes` : "it is no frame"

const on = rulesOf<DcpLabel>()
const idle = register<null>("codec", null)

/** The codec alone, with the frames that it has to know. */
export const codecAlone: System<DcpLabel> = {
  name: "dcp codec",
  cells: [idle],
  rules: [...frameInputs].map(([id, { bytes }]) =>
    on(`frame ${id}`, { actor: "codec", fair: "none", reads: [idle] }, () => {
      const original = toHex(bytes)
      return [{ labels: [{ _tag: "Recoded", original, again: original, declared: original.length / 2 }], writes: [] }]
    })
  ),
  laws: [S18],
  observables: {}
}
