import { describe, expect, test } from "vitest"
import type { CloseStreamCast, StreamEnd } from "../../impl/dcp/consumer-streams.ts"
import type { Frame } from "../../impl/dcp/mcbp/index.ts"
import { closeStreamPacket } from "../../impl/dcp/packet-fields.ts"
import type { Fate } from "../../impl/dcp/proxy-process.ts"
import type { ProducerCast } from "../../spec/dcp/messages.ts"
import type { VBucket } from "../../spec/ids.ts"
import { type Halves, OverheardConsumer, OverheardProducer, talkStage } from "../adapters/dcp-talk-stage.ts"
import { play } from "./dcp-play.ts"
import { scenario } from "./scenarios.ts"

/** O1 broken: the producer connection tells the consumer connection only after its write. */
class CastsAfterTheWrite extends OverheardProducer {
  #later: Array<ProducerCast> = []

  protected override tellPartner(cast: ProducerCast): void {
    this.#later.push(cast)
  }

  protected override processChunk(bytes: Uint8Array): void {
    super.processChunk(bytes)
    for (const cast of this.#later.splice(0)) super.tellPartner(cast)
  }
}

/** O2 broken: nothing but an acknowledged stream is thought to end. */
class WaitsForTheAnswer extends OverheardConsumer {
  protected override onEndBeforeAddResponse(): void {}
}

/** O2 broken the other way: an end is thought to come before the acknowledgement or never. */
class KnowsNoLaterEnd extends OverheardConsumer {
  protected override onOpenStreamEnd(end: StreamEnd): void {
    this.crash({ _tag: "UnexpectedStreamEnd", vbucket: end.vbucket })
  }
}

/** O3 broken: the producer is asked first. */
class ClosesAtTheProducerFirst extends OverheardConsumer {
  protected override closeStream(vbucket: VBucket, onProducerToo: boolean): void {
    const cast: CloseStreamCast = { _tag: "CloseStreamCast", vbucket }
    if (onProducerToo) this.tellPartner(cast)
    this.send(closeStreamPacket(vbucket))
  }
}

/** S15 broken: each packet is passed on as soon as it was looked at. */
class ForwardsPacketByPacket extends OverheardConsumer {
  protected override packetFate(frame: Frame): Fate {
    if (super.packetFate(frame) === "proxy") this.forward([frame])
    return "block"
  }
}

const cases: ReadonlyArray<readonly [rule: string, scenario: string, without: Halves]> = [
  ["O1", "o1-cast-before-the-write", { producer: CastsAfterTheWrite }],
  ["O2", "o2-end-before-answer", { consumer: WaitsForTheAnswer }],
  ["O2", "o2-answer-before-end", { consumer: KnowsNoLaterEnd }],
  ["O3", "o3-close-at-the-consumer-first", { consumer: ClosesAtTheProducerFirst }],
  ["S15", "s15-chunk-is-forwarded-in-one-write", { consumer: ForwardsPacketByPacket }],
  ["S15", "s15-crash-takes-its-chunk-along", { consumer: ForwardsPacketByPacket }]
]

describe("dcp: ordering rules", () => {
  for (const [rule, name, without] of cases)
    test(`dcp: ordering rules: ${rule}: ${name} fails without it`, async () => {
      const conversation = scenario("dcp", name)
      const expected = conversation.exchanges.map(({ heard }) => heard)
      expect(await play(conversation, () => talkStage())).toEqual(expected)
      expect(await play(conversation, () => talkStage(without))).not.toEqual(expected)
    })
})
