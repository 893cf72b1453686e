/** Mail over a bag that loses and reorders: numbered letters, and a reader who may or may not look at the numbers. */
import { history, leadsTo, type Memory, sometimes } from "../../spec/law.ts"
import { budget, register, write } from "../kernel/cell.ts"
import { bag, push, remove } from "../kernel/channel.ts"
import { rulesOf, type System } from "../kernel/system.ts"

export type MailLabel =
  | { readonly _tag: "Sent"; readonly letter: number }
  | { readonly _tag: "Read"; readonly letter: number }
  | { readonly _tag: "Lost"; readonly letter: number }

export interface MailScope {
  readonly letters: number
  readonly losses: number
  /** Room in the bag; a scope that sends more is an error in the model. */
  readonly capacity: number
  readonly readerLooksAtNumbers: boolean
}

const rule = rulesOf<MailLabel>()

/** A writer, a reader and the bag between them. */
export const lossyMail = (scope: MailScope): System<MailLabel> => {
  const written = register("written", 0)
  const read = register("read", 0)
  const mail = bag<number>("mail", scope.capacity)
  const losses = budget("losses", scope.losses)
  return {
    name: "lossy mail",
    cells: [written, read, mail, losses],
    rules: [
      rule("write", { actor: "writer", fair: "none", reads: [written] }, (last) =>
        last === scope.letters
          ? []
          : [{ labels: [{ _tag: "Sent", letter: last + 1 }], writes: [write(written, last + 1), push(mail, last + 1)] }]
      ),
      rule("read", { actor: "reader", fair: "weak", reads: [mail, read] }, (letters, last) =>
        letters.flatMap((letter, position) =>
          scope.readerLooksAtNumbers && letter < last
            ? []
            : [{ labels: [{ _tag: "Read", letter }], writes: [write(read, letter), remove(mail, position)] }]
        )
      ),
      rule("lose", { actor: "network", fair: "none", reads: [mail, losses] }, (letters, left) =>
        left === 0
          ? []
          : letters.map((letter, position) => ({
              labels: [{ _tag: "Lost", letter }],
              writes: [write(losses, "spend"), remove(mail, position)]
            }))
      )
    ],
    laws: [inOrder, somethingIsLost, allIsRead],
    observables: { mail }
  }
}

const lastRead: Memory<number, MailLabel> = {
  name: "last read",
  init: 0,
  on: (last, label) => (label._tag === "Read" ? label.letter : last)
}

const inOrder = history<MailLabel, number>("MAIL-S1", {
  sentence: "Letters are read in the order in which they were sent.",
  source: "this file",
  follows: lastRead,
  breaks: (last, label) =>
    label._tag === "Read" && label.letter < last ? `letter ${label.letter} is read after letter ${last}` : undefined
})

const somethingIsLost = sometimes<MailLabel, number>("MAIL-R1", {
  sentence: "A letter is lost.",
  source: "this file",
  follows: lastRead,
  happens: (_last, label) => label._tag === "Lost"
})

/** The letters on their way. */
const unread: Memory<ReadonlyArray<number>, MailLabel> = {
  name: "unread",
  init: [],
  on: (letters, label) =>
    label._tag === "Sent"
      ? [...letters, label.letter]
      : label._tag === "Read"
        ? letters.filter((letter) => letter !== label.letter)
        : letters
}

const allIsRead = leadsTo<MailLabel, ReadonlyArray<number>>("MAIL-L1", {
  sentence: "Every letter that is sent is read.",
  source: "this file",
  given: ["nothing is lost"],
  follows: unread,
  pending: (letters) => (letters.length === 0 ? undefined : `letters ${letters.join(", ")} are unread`)
})
