import { LocalGroup0 as LocalGroup0Of, type LocalGroup0Options } from "../../group0/local-group0.ts"
import type { LocalMember as LocalMemberOf } from "../../group0/local-member.ts"
import { buildingWords, type Command, type Said } from "./group0.ts"

export type LocalMember = LocalMemberOf<Said, Command>

/** Group 0 in one process, with what the building of views keeps there. */
export class LocalGroup0 extends LocalGroup0Of<Said, Command> {
  constructor(options: LocalGroup0Options<Said, Command>) {
    super(buildingWords, options)
  }
}
