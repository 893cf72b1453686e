import { ConsumerConnection } from "../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../impl/dcp/consumer-streams.ts"

/**
 * An end that comes before the response ends the connection, but not before the caller has been told which stream it was.
 *
 * It is a design that nobody has proposed, and no variant of the model: what a crash saves, which is a connection that is
 * never out of step, with the reason that an error list gives. Every law allows it, for the answer comes before the crash.
 */
export class LastWordsConnection extends ConsumerConnection {
  protected override onEndBeforeAddResponse(setup: Setup, end: StreamEnd): void {
    if (setup.wanted.has(end.vbucket)) {
      setup.fail({ _tag: "StreamEnded", reason: end.reason, vbucket: end.vbucket })
      this.reply(setup.owner, setup.result)
    }
    super.onEndBeforeAddResponse(setup, end)
  }
}
