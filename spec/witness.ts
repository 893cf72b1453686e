/** How the witnesses of a protocol are written down. */
import { type Memory, type SometimesLaw, sometimes } from "./law.ts"

/** A way to number witnesses. The laws that a witness is for are part of its source. */
export const witnessing =
  <L>(prefix: string, dossier: string) =>
  <M>(
    number: number,
    sentence: string,
    laws: string,
    follows: Memory<M, L>,
    happens: SometimesLaw<L, M>["happens"]
  ): SometimesLaw<L, M> =>
    sometimes<L, M>(`${prefix}-W${number}`, { sentence, source: `${dossier}, for ${laws}`, follows, happens })

/** The laws that a witness is for, by their ids. */
export const witnessed = ({ id, source }: Pick<SometimesLaw<never>, "id" | "source">): ReadonlyArray<string> => {
  const [prefix] = id.split("-")
  const named = source.slice(source.indexOf(", for ") + ", for ".length)
  return named.split(", ").map((law) => `${prefix}-${law}`)
}
