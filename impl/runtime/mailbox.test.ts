import { expect, test } from "vitest"
import { Mailbox } from "./mailbox.ts"

test("runtime: mailbox: first in, first out, across every moment at which it may compact", () => {
  const mailbox = new Mailbox<number>()
  const taken: number[] = []
  let put = 0
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < 997; i++) mailbox.put(put++)
    for (let i = 0; i < 613; i++) taken.push(mailbox.take())
    expect(mailbox.length).toBe(put - taken.length)
  }
  while (mailbox.length > 0) taken.push(mailbox.take())
  expect(taken).toEqual(Array.from({ length: put }, (_, n) => n))
})
