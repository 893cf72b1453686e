import { ConsumerConnection } from "../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../impl/dcp/consumer-streams.ts"
import { type Frame, Opcode } from "../../../impl/dcp/mcbp/index.ts"
import { isResponseTo } from "../../../impl/dcp/packet-fields.ts"
import type { Fate } from "../../../impl/dcp/proxy-process.ts"
import type { VBucket } from "../../../spec/ids.ts"

/**
 * An end that comes before the response is an error of the call, matched by incarnation: patch set 4 of the review, as far as
 * the laws let it go.
 *
 * The caller is told at once where nothing else is owed to it, and until the response has come no operation begins, which
 * might ask for the same stream again. Where more is owed the caller would have to wait, so the connection gives up.
 *
 * Source: dossier `dcp.md` 6.2, error list; laws S5, S6 and L7.
 */
export class ErrorListConnection extends ConsumerConnection {
  /** The stream whose response is owed though its call is over. */
  #owed: VBucket | undefined

  protected override onEndBeforeAddResponse(setup: Setup, end: StreamEnd): void {
    setup.toAdd.take(end.vbucket)
    if (!this.isDone(setup) || !setup.wanted.has(end.vbucket)) super.onEndBeforeAddResponse(setup, end)
    this.#owed = end.vbucket
    setup.fail({ _tag: "StreamEnded", reason: end.reason, vbucket: end.vbucket })
    this.replyIfDone(setup)
  }

  protected override rejectWhileBusy(): boolean {
    return this.#owed !== undefined || super.rejectWhileBusy()
  }

  protected override packetFate(frame: Frame): Fate {
    if (isResponseTo(frame, Opcode.AddStream) && frame.opaque === this.#owed) this.#owed = undefined
    return super.packetFate(frame)
  }
}
