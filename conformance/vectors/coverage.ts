/** Whether every vector of a file is in a transcript, with its steps: what is left out may be what breaks a law. */
import { isDeepStrictEqual } from "node:util"
import type { Finding } from "../remote/remote-result.ts"
import type { RemoteRole } from "../remote/remote-role.ts"
import { readLine, type VersionedLine } from "./lines.ts"
import { type TranscriptLine, vectorOf } from "./vector.ts"

export const coverageOf = <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  transcripts: ReadonlyArray<TranscriptLine<I, O>>,
  lines: ReadonlyArray<VersionedLine>
): Finding => {
  const what = "vectors"
  const steps = new Map(transcripts.map((transcript) => [transcript.id, transcript.steps]))
  const vectors = lines.filter((line) => line.role === role.role).map(readLine(vectorOf(role)))
  const missing = vectors.filter(({ id }) => !steps.has(id))
  if (missing.length > 0) {
    const why = `${missing.length} of ${vectors.length} are not in the transcript, such as ${missing[0]!.id}`
    return { what, verdict: "unknown", why }
  }
  const other = vectors.find((vector) => !isDeepStrictEqual(vector.steps, steps.get(vector.id)))
  if (other === undefined) return { what, verdict: "pass" }
  return { what, verdict: "unknown", why: `the steps of ${other.id} are not those of the vector` }
}
