import { PassThrough } from "node:stream"
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { ControlLines } from "../../runtime/child/control-lines.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import { maxLineBytes } from "../../runtime/wire/lines.ts"
import { ControlAnswer, ControlCommand } from "../control.ts"
import { settle } from "../example.test-support.ts"

/** A control channel that knows numbers: it halves even ones, fails at odd ones, and never answers 0. */
class Stage {
  readonly input = new PassThrough()
  readonly clock = new LamportClock(10)
  abandoned = 0
  #out = ""

  constructor() {
    const output = new PassThrough()
    output.on("data", (chunk) => {
      this.#out += chunk.toString()
    })
    const obey = async (n: number) => {
      if (n === 0) await new Promise(() => {})
      if (n % 2 === 1) throw new Error("odd")
      return n / 2
    }
    const abandoned = () => this.abandoned++
    new ControlLines({
      input: this.input,
      output,
      clock: this.clock,
      command: Schema.Int,
      answer: Schema.Int,
      obey,
      abandoned
    })
  }

  async hear(...lines: ReadonlyArray<string>): Promise<unknown[]> {
    for (const line of lines) this.input.write(`${line}\n`)
    await settle()
    await settle()
    const out = this.#out
    this.#out = ""
    return out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }
}

const command = (id: unknown, command: unknown, clock: unknown = 1) => JSON.stringify({ id, clock, command })

describe("sessions: control channel", () => {
  test("a command is answered by its number, and none waits for another", async () => {
    const stage = new Stage()
    expect(await stage.hear(command(1, 0), command(2, 8), command(3, 6))).toEqual([
      { id: 2, answer: 4, clock: 10 },
      { id: 3, answer: 3, clock: 10 }
    ])
  })

  test("logical time comes in with a command and goes out with its answer", async () => {
    const stage = new Stage()
    expect(await stage.hear(command(1, 2, 99))).toEqual([{ id: 1, answer: 1, clock: 99 }])
  })

  test("a command that fails is told as such, and the next is obeyed", async () => {
    const stage = new Stage()
    expect(await stage.hear(command(1, 3), command(2, 2))).toMatchObject([
      { id: 1, error: "the command failed: odd" },
      { id: 2, answer: 1 }
    ])
  })

  test.each([
    ["garbage", "garbage", null, /^line 1: expected \{ id, clock, command \} in JSON/],
    ["an empty line", "", null, /^line 1: expected/],
    ["no object", "[1]", null, /^line 1: expected/],
    ["no number", command("1", 2), null, /^line 1: expected/],
    ["no time", JSON.stringify({ id: 1, command: 2 }), null, /^line 1: expected/],
    ["no command", command(7, "halve"), 7, /^no command: /]
  ])("%s is answered with what was expected, and the next command is obeyed", async (_, line, id, error) => {
    const stage = new Stage()
    const heard = await stage.hear(line, command(2, 2))
    expect(heard).toMatchObject([
      { id, error: expect.stringMatching(error) },
      { id: 2, answer: 1 }
    ])
    expect(JSON.stringify(heard)).not.toContain("    at ")
  })

  test("a line that is too long is passed over in bounded memory, however it comes, and the next is obeyed", async () => {
    const stage = new Stage()
    const piece = "x".repeat(1 << 20)
    for (let sent = 0; sent <= maxLineBytes; sent += piece.length) stage.input.write(piece)
    const heard = await stage.hear("", command(2, 2))
    expect(heard).toMatchObject([
      { id: null, error: "line 1: longer than the 4194304 bytes allowed" },
      { id: 2, answer: 1 }
    ])
  })

  test("lines may come in pieces, and pieces with several lines", async () => {
    const stage = new Stage()
    const text = `${command(1, 2)}\n${command(2, 4)}\n`
    for (const at of [3, 20, 50]) stage.input.write(text.slice(at === 3 ? 0 : at === 20 ? 3 : 20, at))
    expect(await stage.hear(text.slice(50, -1))).toMatchObject([{ answer: 1 }, { answer: 2 }])
  })

  test("the end of the input is told once", async () => {
    const stage = new Stage()
    stage.input.end()
    await expect.poll(() => stage.abandoned, { timeout: 20_000 }).toBe(1)
  })
})

describe("sessions: control channel: commands of a node", () => {
  const errorOf = async (sent: unknown): Promise<string> => {
    const input = new PassThrough()
    const output = new PassThrough()
    let said = ""
    output.on("data", (chunk) => {
      said += chunk.toString()
    })
    const obey = async (): Promise<ControlAnswer> => ({ _tag: "Done" })
    const schemas = { command: ControlCommand, answer: ControlAnswer }
    new ControlLines({ input, output, clock: new LamportClock(), ...schemas, obey, abandoned: () => {} })
    input.write(`${command(1, sent)}\n`)
    await settle()
    await settle()
    return JSON.parse(said).error ?? ""
  }

  const change = { node: "D", owners: ["A", "D"], byRepair: false }

  test.each([
    [{ _tag: "Truncate" }, /^no command: .*tablet/s],
    [{ _tag: "Truncate", tablet: "" }, /^no command: .*tablet/s],
    [{ _tag: "Snapshot", tablet: 1 }, /^no command: .*tablet/s],
    [{ ...change, _tag: "Join", owners: "A" }, /^no command: .*owners/s],
    [{ ...change, _tag: "Leave", node: null }, /^no command: .*node/s],
    [{ ...change, _tag: "Remove", byRepair: "no" }, /^no command: .*byRepair/s],
    [{ _tag: "RebuildNode", node: "A" }, /^no command: .*byRepair/s],
    [{ ...change, _tag: "Replace" }, /^no command: /]
  ])("%j is refused, and told why", async (sent, why) => {
    expect(await errorOf(sent)).toMatch(why)
  })

  test.each(["Join", "Leave", "Remove"])("%s with all that it needs is obeyed", async (_tag) => {
    expect(await errorOf({ ...change, _tag })).toBe("")
  })
})
