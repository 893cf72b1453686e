import type { Committer } from "../../../spec/sessions/messages.ts"
import type { Metadata } from "../../../spec/sessions/metadata.ts"
import { RemoteGroup0 as RemoteGroup0Of, type RemoteGroup0Options } from "../../group0/remote-group0.ts"
import { sessionsWords } from "./group0.ts"

/** A member's end of a group 0 in another process, with what sessions keep there. */
export class RemoteGroup0 extends RemoteGroup0Of<Metadata, Committer> {
  constructor(options: RemoteGroup0Options) {
    super(sessionsWords, options)
  }
}
