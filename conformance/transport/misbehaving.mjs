// An adapter of a session registry that misbehaves in one way, told by its first argument. Plain JavaScript, to start at once.
import { spawn } from "node:child_process"
import { appendFileSync, writeFileSync } from "node:fs"
import { createInterface } from "node:readline"

const [mode = "fine", more = ""] = process.argv.slice(2)
const say = (frame) => process.stdout.write(`${JSON.stringify(frame)}\n`)
const hello = {
  protocol: { major: 1, minor: 0 },
  iut: { name: "misbehaving", version: "1", language: "javascript" },
  roles: ["sessions/registry"]
}

/** Inputs in all lives. */
let taken = 0

const done = { outputs: [{ _tag: "Done" }] }
const gate = { _tag: "Refused", reason: "GateClosed" }

/** Tells whoever waits that this one hangs now, in the file that `more` names: `.` for one answer, `!` for all. */
const hanging = (howLong) => {
  if (more !== "") appendFileSync(more, howLong === undefined ? "." : "!")
}

/** What becomes of a request in each mode; a request that a mode says nothing about is answered as it should be. */
const modes = {
  fine: {},
  "exits at once": { begin: () => process.exit(3) },
  "exits in the middle of hello": { hello: () => process.stdout.write('{"id":1,', () => process.exit(0)) },
  "exits after hello": {
    hello: (id) => process.stdout.write(`${JSON.stringify({ id, ok: hello })}\n`, () => process.exit(0))
  },
  "exits at start": { start: () => process.exit(5) },
  "exits at its first input": { input: () => process.exit(1) },
  "aborts at its first input": { input: () => process.kill(process.pid, "SIGKILL") },
  "hangs at hello": { hello: () => hanging() },
  "hangs at start": { start: () => hanging() },
  "hangs at its first input": { input: () => hanging() },
  "spins at its first input": {
    input: () => {
      hanging("for good")
      for (;;);
    }
  },
  "stops itself at its first input": {
    input: () => {
      hanging("for good")
      process.kill(process.pid, "SIGSTOP")
    }
  },
  "closes its stdin and hangs": {
    input: () => {
      hanging("for good")
      process.stdin.destroy()
      setInterval(() => undefined, 1_000)
    }
  },
  "answers on stderr": { input: (id) => hanging(void process.stderr.write(`${JSON.stringify({ id, ok: {} })}\n`)) },
  "greets on stdout": { begin: () => process.stdout.write("Welcome to the registry!\n") },
  "prints bytes that are no text": { begin: () => process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x0a])) },
  "logs between frames": {
    input: (id) => {
      process.stderr.write(`took request ${id}\n`)
      say({ id, ok: done })
    }
  },
  "logs much and exits": {
    input: () => {
      for (let line = 1; line <= 100; line++) process.stderr.write(`line ${line} of the log\n`)
      process.stderr.write("fatal: out of luck", () => process.exit(70))
    }
  },
  "sends a gigabyte without a newline": { input: () => flood(1 << 30) },
  "logs a gigabyte without a newline": { begin: () => floodLog(1 << 30) },
  "logs a gigabyte and then answers": { hello: (id) => floodLog(1 << 30, () => say({ id, ok: hello })) },
  "closes its stdout": {
    input: () => {
      hanging("for good")
      process.stdout.end()
    }
  },
  "promises to take sequences, and exits at each": {
    hello: (id) => say({ id, ok: { ...hello, caps: { batch: true, ops: ["inputs"] } } }),
    inputs: () => process.exit(4)
  },
  "promises to take sequences, and exits at one of its inputs": {
    hello: (id) => say({ id, ok: { ...hello, caps: { batch: true, ops: ["inputs"] } } }),
    inputs: () => process.exit(4),
    input: () => process.exit(4)
  },
  "exits with half a frame": { input: (id) => process.stdout.write(`{"id":${id},"ok":{"out`, () => process.exit(1)) },
  "exits right behind an answer": {
    input: (id) => process.stdout.write(`${JSON.stringify({ id, ok: done })}\n`, () => process.exit(9))
  },
  "says goodbye on stdout": { bye: () => process.stdout.write("bye\n") },
  "answers byte by byte": {
    input: (id) => {
      for (const byte of Buffer.from(`${JSON.stringify({ id, ok: done, says: "ä€𝄞" })}\n`))
        process.stdout.write(Buffer.of(byte))
    }
  },
  "ends its lines as another system does": {
    input: (id) => process.stdout.write(`${JSON.stringify({ id, ok: done })}\r\n`)
  },
  "logs into the middle of a frame": {
    input: (id) => {
      const line = `${JSON.stringify({ id, ok: done })}\n`
      process.stdout.write(line.slice(0, 9))
      process.stderr.write("a log line\n".repeat(50))
      process.stdout.write(line.slice(9))
    }
  },
  "sends text that is cut off": {
    input: (id) =>
      process.stdout.write(
        Buffer.concat([Buffer.from(`{"id":${id},"ok":{"a":"`), Buffer.of(0xe2, 0x82), Buffer.from('"}}\n')])
      )
  },
  "sends a zero byte": { input: () => process.stdout.write(Buffer.of(0, 0x0a)) },
  "sends a mark of the byte order": { begin: () => process.stdout.write("\ufeff") },
  "is killed by a fault of memory": { input: () => process.kill(process.pid, "SIGSEGV") },
  "fails an assertion": { input: () => process.kill(process.pid, "SIGABRT") },
  "ends by TERM itself": { input: () => process.kill(process.pid, "SIGTERM") },
  throws: {
    input: () => {
      throw new Error("no such guard")
    }
  },
  "answers each time otherwise": {
    input: (id) => say({ id, ok: ++taken % 5 === 0 ? { outputs: [gate] } : done })
  },
  "promises to answer the same, and answers each time otherwise": {
    hello: (id) => say({ id, ok: { ...hello, caps: { seed: true } } }),
    input: (id) => say({ id, ok: ++taken % 5 === 0 ? { outputs: [gate] } : done })
  },
  "floods with answers": {
    input: () => {
      for (let id = 1_000; id < 3_000; id++) say({ id, ok: done })
    }
  },
  "sends the longest line that is allowed": {
    input: (id) => {
      const line = JSON.stringify({ id, ok: done, more: "" })
      process.stdout.write(`${line.replace('"more":""', `"more":"${"x".repeat(2 ** 20 - line.length)}"`)}\n`)
    }
  },
  "sends a line that is longer by one byte": {
    input: (id) => {
      const line = JSON.stringify({ id, ok: done, more: "" })
      process.stdout.write(`${line.replace('"more":""', `"more":"${"x".repeat(2 ** 20 + 1 - line.length)}"`)}\n`)
    }
  },
  "ignores TERM": { begin: () => process.on("SIGTERM", () => undefined) },
  "leaves a child behind": { begin: () => leaveChild() },
  "leaves a child behind that holds nothing": { begin: () => leaveChild({ stdio: "ignore" }) },
  "leaves a child behind in a session of its own": { begin: () => leaveChild({ detached: true }) },
  "leaves a child behind and hangs at hello": {
    begin: () => {
      leaveChild()
      setInterval(() => undefined, 1_000)
    },
    hello: () => undefined
  },
  "leaves a child behind and hangs at its first input": { begin: () => leaveChild(), input: () => undefined },
  "leaves a child behind and ignores TERM": {
    begin: () => {
      leaveChild()
      process.on("SIGTERM", () => undefined)
      setInterval(() => undefined, 1_000)
    },
    input: () => undefined
  },
  "leaves a child behind and exits": {
    begin: () => leaveChild(),
    input: () => process.exit(1)
  }
}

const flood = (left) => {
  const piece = Buffer.alloc(Math.min(left, 1 << 20), "x")
  if (left > 0) process.stdout.write(piece, () => flood(left - piece.length))
}

const floodLog = (left, then = () => undefined) => {
  const piece = Buffer.alloc(Math.min(left, 1 << 20), "x")
  if (left > 0) process.stderr.write(piece, () => floodLog(left - piece.length, then))
  else then()
}

/** A process that holds our stdout open and would live for ever. `more` names a file for its number. */
const leaveChild = (options = {}) => {
  const forEver = ["-c", 'trap "" TERM; while sleep 1; do :; done']
  // Its number is known and written before anything is answered, however slowly the child itself begins.
  writeFileSync(more, String(spawn("/bin/sh", forEver, { stdio: "inherit", ...options }).pid))
}

const acts = modes[mode]
if (acts === undefined) throw new Error(`there is no mode "${mode}"; there is ${Object.keys(modes).join(", ")}`)
acts.begin?.()
if (mode === "ignores TERM" || mode === "hangs at hello") setInterval(() => undefined, 1_000)

createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, op } = JSON.parse(line)
  const act = acts[op]
  if (act !== undefined) act(id)
  else if (op === "hello") say({ id, ok: hello })
  else if (op === "start") say({ id, ok: {} })
  else if (op === "input") say({ id, ok: done })
  else if (op !== "bye") say({ id, err: { code: "unsupported" } })
})
