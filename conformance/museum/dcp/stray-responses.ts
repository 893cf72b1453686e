/** A kv consumer that once answers what nobody has asked. */
import { budget, write } from "../../../model/kernel/cell.ts"
import { type Channel, push } from "../../../model/kernel/channel.ts"
import { rulesOf, type System } from "../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { Packet } from "../../../spec/dcp/messages.ts"
import type { Opaque, Status } from "../../../spec/ids.ts"
import { cellNamed } from "./cell-named.ts"

const on = rulesOf<DcpLabel>()

/** A client opaque that no scope uses. */
const opaque = 9 as Opaque
const status = 0 as Status
const strays: ReadonlyArray<Packet> = [
  { _tag: "AddStreamResponse", opaque, status },
  { _tag: "CloseStreamResponse", opaque, status }
]

/** The pair with one more thing that its kv consumer may do. Source: agreement (iv) of the review. */
export const withStrays = (pair: System<DcpLabel>): System<DcpLabel> => {
  const left = budget("stray responses", 1)
  const mailbox = cellNamed(pair, "consumer mailbox") as Channel<unknown>
  const strayed = on("kvConsumer.strays", { actor: "kv consumer", fair: "none", reads: [left] }, (times) =>
    times === 0
      ? []
      : strays.map((packet) => ({
          labels: [{ _tag: "KvConsumerStep", input: null, outputs: [packet], behaviour: "strays" }],
          writes: [write(left, "spend"), push(mailbox, { _tag: "Packet", packet })]
        }))
  )
  return { ...pair, cells: [...pair.cells, left], rules: [...pair.rules, strayed] }
}
