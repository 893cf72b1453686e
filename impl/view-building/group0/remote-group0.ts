import { RemoteGroup0 as RemoteGroup0Of, type RemoteGroup0Options } from "../../group0/remote-group0.ts"
import { buildingWords, type Command, type Said } from "./group0.ts"

/** A member's end of a group 0 in another process, with what the building of views keeps there. */
export class RemoteGroup0 extends RemoteGroup0Of<Said, Command> {
  constructor(options: RemoteGroup0Options) {
    super(buildingWords, options)
  }
}
