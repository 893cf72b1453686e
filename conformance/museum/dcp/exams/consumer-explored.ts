/** The consumer connection explored in its place in the pair: every history that callers, kv and the network can give it. */
import { ModelError } from "../../../../model/explorer/errors.ts"
import type { LawResult } from "../../../../model/explorer/exploration.ts"
import { explore } from "../../../../model/explorer/explore.ts"
import type { System } from "../../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import type { ConsumerInput, ConsumerOutput } from "../../../../spec/dcp/messages.ts"
import { consumerAdapter } from "../../../adapters/dcp-consumer.ts"
import type { Partitions } from "../../../kit/dcp/seen-words.ts"
import { Learned } from "../../learned.ts"
import { consumerInPlace } from "../consumer-in-place.ts"
import type { Exam, Finding } from "../exam.ts"
import { consumerScopes } from "./consumer-scopes.ts"

/** More histories than any scope adds with the reference, so that a subject that never ends is given up. */
const enough = 4_000

type LearnedConsumer = Learned<ConsumerInput, ConsumerOutput, Partitions>

export const consumerExplored: Exam = {
  name: "explore consumer connection in its pair",
  async *findings({ consumer: Consumer }) {
    if (Consumer === undefined) return
    const learned: LearnedConsumer = new Learned(consumerAdapter("subject", (options) => new Consumer(options)))
    for (const [name, system] of Object.entries(consumerScopes)) {
      const broken = await brokenLaws(system, learned)
      yield* broken.map((law) => findingOf(law, `explore ${name}`))
    }
  }
}

/** What a scope shows once nothing is left to be learned in it: broken laws, the shortest story first. */
const brokenLaws = async (
  system: System<DcpLabel>,
  learned: LearnedConsumer
): Promise<ReadonlyArray<LawResult<DcpLabel>>> => {
  const inPlace = consumerInPlace(system, learned)
  const atFirst = learned.size
  let laws: ReadonlyArray<LawResult<DcpLabel>> = []
  let whole = false
  while (!whole && learned.size - atFirst < enough) {
    try {
      laws = explore(inPlace).laws
    } catch (error) {
      // The subject filled a channel beyond what any right one needs: what was seen before still counts.
      if (error instanceof ModelError) break
      throw error
    }
    whole = !(await learned.learn())
  }
  return (
    laws
      .filter(({ verdict }) => verdict === "violated" || verdict === "never")
      // What was not learned looks like an end, so that waiting and absence are judged only where all is known.
      .filter(({ modality }) => whole || modality === "history")
      .toSorted((a, b) => (a.length ?? 0) - (b.length ?? 0))
  )
}

const findingOf = ({ id, length, why }: LawResult<DcpLabel>, where: string): Finding => ({
  law: id,
  by: length === undefined ? `${where}: ${id}` : `${where}: ${id} in ${length} steps`,
  length: length ?? null,
  what: why ?? "it never happens"
})
