/** What comes back to the coordinator of one term. */
import type { Replica } from "../../../spec/metadata.ts"
import type { CallId } from "../../../spec/view-building/ids.ts"
import type { CallAnswer } from "../../../spec/view-building/messages.ts"
import { type Cell, type View, view, type Write, write } from "../../kernel/cell.ts"
import { bag, type ChannelOp } from "../../kernel/channel.ts"

export interface Answer {
  readonly replica: Replica
  readonly call: CallId
  readonly answer: CallAnswer
}

type MailboxOp = ChannelOp<Answer> | "closes"

export interface Mailbox {
  /** Null once nobody is there to hear of anything: then answers are lost. */
  readonly cell: Cell<ReadonlyArray<Answer> | null, MailboxOp>
  readonly letters: View<unknown, ReadonlyArray<Answer>>
}

const mostMail = 8

export const mailbox = (name: string): Mailbox => {
  const letters = bag<Answer>(name, mostMail)
  const cell: Mailbox["cell"] = {
    name,
    init: letters.init,
    apply: (now, op) => (now === null || op === "closes" ? null : letters.apply(now, op))
  }
  return { cell, letters: view(cell, "letters", (now) => now ?? []) }
}

export const posting = ({ cell }: Mailbox, answer: Answer): Write => write(cell, { push: [answer] })
