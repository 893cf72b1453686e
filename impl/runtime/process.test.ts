import { describe, expect, test } from "vitest"
import { VirtualClock } from "./clock.ts"
import { Crash, type ExitReason } from "./exit.ts"
import { type AnyProcess, type CallOptions, Process } from "./process.ts"

interface Odd {
  readonly _tag: "Odd"
  readonly number: number
}

type Mail =
  | { readonly _tag: "Note"; readonly text: string }
  | { readonly _tag: "Wait"; readonly until: Promise<void> }
  | { readonly _tag: "Double"; readonly number: number; readonly answer: (doubled: number) => void }
  | { readonly _tag: "Silence" }

/** Notes texts, waits, doubles even numbers, and dies of odd ones. */
class Clerk extends Process<Mail, Odd> {
  readonly notes: string[] = []

  double(number: number, options?: CallOptions): Promise<number> {
    return this.ask((answer: (doubled: number) => void) => ({ _tag: "Double", number, answer }), options)
  }

  forever(options?: CallOptions): Promise<never> {
    return this.ask(() => ({ _tag: "Silence" }), options)
  }

  protected override receive(mail: Mail): Promise<void> | void {
    if (mail._tag === "Note") this.notes.push(mail.text)
    else if (mail._tag === "Wait") return mail.until
    else if (mail._tag === "Double") {
      if (mail.number % 2 === 1) throw new Crash({ _tag: "Odd", number: mail.number })
      mail.answer(2 * mail.number)
    }
  }

  protected override release(): void {
    this.notes.push("released")
  }
}

class Trapper extends Clerk {
  protected override trapExit(_from: AnyProcess, reason: ExitReason): Mail {
    return { _tag: "Note", text: `trapped ${reason._tag}` }
  }
}

const note = (text: string) => ({ _tag: "Note", text }) as const

describe("runtime: process: mailbox", () => {
  test("messages are handled in order, and never inside post", async () => {
    const clerk = new Clerk()
    clerk.post(note("a"))
    clerk.post(note("b"))
    expect(clerk.notes).toEqual([])
    await clerk.settled()
    expect(clerk.notes).toEqual(["a", "b"])
  })

  test("a handler that waits holds the next message back, and the process is not settled", async () => {
    const clerk = new Clerk()
    let finish = () => {}
    clerk.post({ _tag: "Wait", until: new Promise((resolve) => (finish = resolve)) })
    clerk.post(note("after"))
    let settled = false
    const settling = clerk.settled().then(() => {
      settled = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect({ settled, notes: clerk.notes }).toEqual({ settled: false, notes: [] })
    finish()
    await settling
    expect(clerk.notes).toEqual(["after"])
  })

  test("a million messages pass in well under three seconds", async () => {
    const clerk = new (class extends Process<number, never> {
      sum = 0
      protected override receive(n: number): void {
        this.sum += n
      }
    })()
    const begin = performance.now()
    for (let batch = 0; batch < 1000; batch++) {
      for (let i = 0; i < 1000; i++) clerk.post(1)
      await clerk.settled()
    }
    expect(clerk.sum).toBe(1_000_000)
    expect(performance.now() - begin).toBeLessThan(3000)
  })
})

describe("runtime: process: calls", () => {
  test("are answered", async () => {
    expect(await new Clerk().double(4)).toBe(8)
  })

  test("reject with the reason when the process dies, also those that still wait in the mailbox", async () => {
    const clerk = new Clerk()
    const calls = await Promise.allSettled([clerk.double(3), clerk.double(4)])
    for (const call of calls) expect(call).toMatchObject({ reason: { reason: { _tag: "Odd", number: 3 } } })
    await expect(clerk.double(4)).rejects.toMatchObject({ _tag: "ProcessExit" })
  })

  test("time out by the process's clock, and leave no timer behind when answered", async () => {
    const clock = new VirtualClock()
    const clerk = new Clerk(clock)
    const call = expect(clerk.forever({ timeoutMs: 100 })).rejects.toMatchObject({ _tag: "CallTimeout" })
    clock.advance(100)
    await call
    await clerk.double(2, { timeoutMs: 100 })
    expect(clock.pending).toBe(0)
  })
})

describe("runtime: process: exit", () => {
  test("lets go first, once, and the messages that wait are lost", async () => {
    const clerk = new Clerk()
    clerk.post(note("lost"))
    clerk.exit({ _tag: "Killed" })
    clerk.exit({ _tag: "Shutdown" })
    await clerk.settled()
    expect(clerk.notes).toEqual(["released"])
    expect(await clerk.exited).toEqual({ _tag: "Killed" })
  })

  test("takes linked processes along, unless it is normal", async () => {
    const [a, b, c] = [new Clerk(), new Clerk(), new Clerk()]
    a.link(b)
    b.link(c)
    a.exit({ _tag: "Normal" })
    expect([b.isAlive, c.isAlive]).toEqual([true, true])
    b.exit({ _tag: "Odd", number: 1 })
    expect(await c.exited).toEqual({ _tag: "Linked", reason: { _tag: "Odd", number: 1 } })
  })

  test("is a message to those who trap exits", async () => {
    const [clerk, trapper] = [new Clerk(), new Trapper()]
    trapper.link(clerk)
    clerk.exit({ _tag: "Killed" })
    await trapper.settled()
    expect(trapper.notes).toEqual(["trapped Killed"])
  })

  test("of one that is dead already reaches who links to it", async () => {
    const [dead, alive] = [new Clerk(), new Clerk()]
    dead.exit({ _tag: "Killed" })
    alive.link(dead)
    expect(alive.isAlive).toBe(false)
  })

  test("comes of any failure of a handler, at once or later", async () => {
    const [now, later] = [new Clerk(), new Clerk()]
    now.post(undefined as never)
    later.post({ _tag: "Wait", until: Promise.reject(new Error("later")) })
    expect(await now.exited).toMatchObject({ _tag: "Defect" })
    expect(await later.exited).toMatchObject({ _tag: "Defect", error: { message: "later" } })
  })
})
