/** The producer connection alone: in lockstep with its model, and by the laws for every input there is. */
import { small } from "../../../../model/dcp/bounds.ts"
import { producerAlone } from "../../../../model/dcp/roles.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import { producerLaws } from "../../../../spec/dcp/laws.ts"
import type { ProducerInput, ProducerOutput } from "../../../../spec/dcp/messages.ts"
import { type ProducerAdapter, producerAdapter } from "../../../adapters/dcp-producer.ts"
import { checkRole } from "../../../kit/check-role.ts"
import { producerPart } from "../../../kit/dcp/producer-part.ts"
import { isDied, isStrange } from "../../../kit/role-under-test.ts"
import { graphFor } from "../../../kit/stage.ts"
import type { Exam } from "../exam.ts"
import { judged } from "../judged.ts"
import { lockstepFindings } from "./lockstep-finding.ts"

const system = producerAlone({ ...small, vbuckets: 2 })
const graph = graphFor(system, producerPart)

/** It remembers nothing, so every input that there is can be given to a fresh one. */
const inputs: ReadonlyArray<ProducerInput> = system.rules
  .flatMap((rule) => rule.fire(null))
  .flatMap(({ labels }) => labels.flatMap((label) => (label._tag === "ProducerStep" ? [label.input] : [])))

export const producerLockstep: Exam = {
  name: "lockstep producer connection",
  async *findings({ producer: Producer }, seed) {
    if (Producer === undefined) return
    const adapter = producerAdapter("subject", (options) => new Producer(options))
    const result = await checkRole({ runs: 50, maxCommands: 40, system, part: producerPart, adapter, seed, graph })
    yield* lockstepFindings(result, this.name)
  }
}

export const producerByLaws: Exam = {
  name: "every input of the producer connection",
  async *findings({ producer: Producer }) {
    if (Producer === undefined) return
    const adapter = producerAdapter("subject", (options) => new Producer(options))
    for (const input of inputs) {
      const labels: ReadonlyArray<DcpLabel> = [
        { _tag: "ProducerStep", input, outputs: await outputsOf(adapter, input) }
      ]
      for (const { law, why } of judged(labels, producerLaws))
        yield { law, by: `law ${law} on ${this.name}`, length: 1, what: why }
    }
  }
}

const outputsOf = async (adapter: ProducerAdapter, input: ProducerInput): Promise<ReadonlyArray<ProducerOutput>> => {
  const session = await adapter.start()
  const { outputs } = await session.input(input)
  const seen = outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
  await session.stop()
  return seen
}
