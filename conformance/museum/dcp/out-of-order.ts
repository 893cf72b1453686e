/** A kv consumer that may confirm a state of its vBucket before it has answered ADD_STREAM. */
import type { KvConsumer } from "../../../model/dcp/kv-consumer.ts"
import { type Cell, write } from "../../../model/kernel/cell.ts"
import { type Channel, push } from "../../../model/kernel/channel.ts"
import { rulesOf, type System } from "../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { cellNamed } from "./cell-named.ts"

const on = rulesOf<DcpLabel>()

/** The pair with one more thing that its kv consumer may do. Source: MB-10779; dossier dcp 3, F6, "may come last". */
export const withLateResponses = (pair: System<DcpLabel>): System<DcpLabel> => {
  const kv = cellNamed(pair, "kv consumer") as Cell<KvConsumer, KvConsumer>
  const mailbox = cellNamed(pair, "consumer mailbox") as Channel<unknown>
  const confirms = on("kvConsumer.confirmsFirst", { actor: "kv consumer", fair: "none", reads: [kv] }, (state) =>
    state.streams.flatMap((stream) => {
      const [first, packet, ...rest] = stream.ready
      if (first?._tag !== "AddStreamResponse" || packet?._tag !== "SetVBucketStateResponse") return []
      const later = { ...stream, ready: [first, ...rest] }
      const streams = state.streams.map((other) => (other === stream ? later : other))
      return [
        {
          labels: [{ _tag: "KvConsumerStep", input: null, outputs: [packet], behaviour: "confirms first" }],
          writes: [write(kv, { ...state, streams }), push(mailbox, { _tag: "Packet", packet })]
        }
      ]
    })
  )
  return { ...pair, rules: [...pair.rules, confirms] }
}
