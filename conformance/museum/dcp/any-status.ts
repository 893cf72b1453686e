/** A kv consumer that may answer ADD_STREAM at once with any status there is. */

import { type Channel, head, pop, push } from "../../../model/kernel/channel.ts"
import { rulesOf, type System } from "../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { Packet } from "../../../spec/dcp/messages.ts"
import { statusCodes } from "../../../spec/dcp/messages.ts"
import type { Status } from "../../../spec/ids.ts"
import { cellNamed } from "./cell-named.ts"

const on = rulesOf<DcpLabel>()

/** The pair with one more thing that its kv consumer may do. */
export const withAnyStatus = (pair: System<DcpLabel>): System<DcpLabel> => {
  const requests = cellNamed(pair, "to kv consumer") as Channel<Packet>
  const mailbox = cellNamed(pair, "consumer mailbox") as Channel<unknown>
  const refuses = on("kvConsumer.refuses", { actor: "kv consumer", fair: "none", reads: [head(requests)] }, (input) =>
    input?._tag === "AddStream"
      ? failures.map((status) => {
          const packet: Packet = { _tag: "AddStreamResponse", opaque: input.opaque, status }
          return {
            labels: [{ _tag: "KvConsumerStep", input, outputs: [packet], behaviour: "refuses" }],
            writes: [pop(requests), push(mailbox, { _tag: "Packet", packet })]
          }
        })
      : []
  )
  return { ...pair, rules: [...pair.rules, refuses] }
}

const failures = Object.values(statusCodes).filter(
  (code) => code !== statusCodes.Success
) as ReadonlyArray<number> as ReadonlyArray<Status>
