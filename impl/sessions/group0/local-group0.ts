import type { Committer } from "../../../spec/sessions/messages.ts"
import type { Metadata } from "../../../spec/sessions/metadata.ts"
import { LocalGroup0 as LocalGroup0Of, type LocalGroup0Options } from "../../group0/local-group0.ts"
import type { LocalMember as LocalMemberOf } from "../../group0/local-member.ts"
import { sessionsWords } from "./group0.ts"

export type { MemberOptions } from "../../group0/local-member.ts"

export type LocalMember = LocalMemberOf<Metadata, Committer>

/** Group 0 in one process, with what sessions keep there. */
export class LocalGroup0 extends LocalGroup0Of<Metadata, Committer> {
  constructor(options: LocalGroup0Options<Metadata, Committer>) {
    super(sessionsWords, options)
  }
}
