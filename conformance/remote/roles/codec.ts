/** A codec of the memcached binary protocol, for adapters in any language. */
import type { Chance } from "../../../model/explorer/random.ts"
import { CodecInput, CodecOutput } from "../../../spec/dcp/codec.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { S18 } from "../../../spec/dcp/laws/packets.ts"
import { codecAlone, codecLabels, codecPart, frameInputs } from "../../kit/dcp/codec-part.ts"
import { isDied } from "../../kit/role-under-test.ts"
import { graphFor } from "../../kit/stage.ts"
import type { RemoteRole } from "../remote-role.ts"

const graph = () => graphFor(codecAlone, codecPart)
const known = [...frameInputs.values()]

const opaqueAt = 12
const headerLength = 24

/** A frame that is known with another opaque and cas, which any frame may carry. */
const varied = (draw: Chance): CodecInput => {
  const bytes = Buffer.from(known[draw(known.length)]!.bytes, "base64")
  for (let at = opaqueAt; at < headerLength; at++) bytes[at] = draw(256)
  return { _tag: "Frame", bytes: bytes.toString("base64") }
}

export const codecRole: RemoteRole<DcpLabel, CodecInput, CodecOutput, never> = {
  role: codecPart.role,
  input: CodecInput,
  output: CodecOutput,
  shown: undefined,
  part: codecPart,
  labels: codecLabels,
  isLast: isDied,
  mayDie: false,
  laws: [S18],
  environment: () => ({ next: varied, isSensible: () => true, heard: () => undefined }),
  variants: [{ name: "reference", walks: [graph], bounded: graph }],
  vectors: { paths: graph, variant: "reference", told: graph }
}
