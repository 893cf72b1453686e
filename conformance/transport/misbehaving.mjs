// An adapter of a session registry that misbehaves in one way, told by its first argument. Plain JavaScript, to start at once.
import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { createInterface } from "node:readline"

const [mode = "fine", more = ""] = process.argv.slice(2)
const say = (frame) => process.stdout.write(`${JSON.stringify(frame)}\n`)
const hello = {
  protocol: { major: 1, minor: 0 },
  iut: { name: "misbehaving", version: "1", language: "javascript" },
  roles: ["sessions/registry"]
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
  "hangs at hello": { hello: () => undefined },
  "hangs at start": { start: () => undefined },
  "hangs at its first input": { input: () => undefined },
  "spins at its first input": {
    input: () => {
      for (;;);
    }
  },
  "greets on stdout": { begin: () => process.stdout.write("Welcome to the registry!\n") },
  "prints bytes that are no text": { begin: () => process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x0a])) },
  "logs between frames": {
    input: (id) => {
      process.stderr.write(`took request ${id}\n`)
      say({ id, ok: { outputs: [{ _tag: "Done" }] } })
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
  "closes its stdout": { input: () => process.stdout.end() },
  "ignores TERM": { begin: () => process.on("SIGTERM", () => undefined) },
  "leaves a child behind": { begin: () => leaveChild() },
  "leaves a child behind that holds nothing": { begin: () => leaveChild({ stdio: "ignore" }) },
  "leaves a child behind in a session of its own": { begin: () => leaveChild({ detached: true }) },
  "leaves a child behind and exits": {
    begin: () => leaveChild(),
    input: () => process.exit(1)
  }
}

const flood = (left) => {
  const piece = Buffer.alloc(Math.min(left, 1 << 20), "x")
  if (left > 0) process.stdout.write(piece, () => flood(left - piece.length))
}

const floodLog = (left) => {
  const piece = Buffer.alloc(Math.min(left, 1 << 20), "x")
  if (left > 0) process.stderr.write(piece, () => floodLog(left - piece.length))
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
  else if (op === "input") say({ id, ok: { outputs: [{ _tag: "Done" }] } })
  else if (op !== "bye") say({ id, err: { code: "unsupported" } })
})
