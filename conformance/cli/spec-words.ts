/** The specifications as a run names them: which words and laws a check was made with. */
import { createHash } from "node:crypto"
import { Schema } from "effect"
import type { Spec } from "../report/run/lines.ts"
import { type Protocol, protocols } from "./protocols.ts"

/** Raised by hand when words or laws change their meaning though not their text. */
const version = "1"

/** A protocol's name with a hash that changes whenever a label or the sentence of a law does. */
export const specOf = ({ protocol, label, laws }: Protocol): Spec => {
  const text = JSON.stringify([Schema.toJsonSchemaDocument(label), laws.map(({ id, sentence }) => [id, sentence])])
  return { name: protocol, version, hash: createHash("sha256").update(text).digest("hex").slice(0, 16) }
}

/** The sentence of a law by its id; nothing for one that no protocol has. */
export const sentenceOf = (law: string): string =>
  protocols.flatMap(({ laws }) => laws).find(({ id }) => id === law)?.sentence ?? ""
