import { ControlLines } from "../runtime/child/control-lines.ts"
import { JournalFile } from "../runtime/child/journal-file.ts"
import { die, stderrLog } from "../runtime/child/stderr-log.ts"
import { LamportClock } from "../runtime/lamport-clock.ts"
import type { Group0Configuration } from "./configuration.ts"
import { type Group0Answer, Group0Command } from "./control.ts"
import type { Group0Label } from "./label.ts"
import { LogFile } from "./log-file.ts"
import type { LogRecord } from "./log-record.ts"
import { Group0Server } from "./server.ts"
import type { Words } from "./words.ts"

const name = "group0"

/** Runs group 0 in this process, until it is told to shut down or nobody commands it any more. */
export async function runGroup0<Metadata, By>(
  words: Words<Metadata, By>,
  configuration: Group0Configuration<Metadata>
): Promise<void> {
  const { host, members, first } = configuration
  const clock = new LamportClock(configuration.clock)
  const warnings = stderrLog(name)
  const file = new JournalFile(words.journal, configuration.journal, name, clock)
  const told = new Told(file.found.map(({ label }) => label))
  const log = await LogFile.open(words, {
    path: configuration.log,
    first,
    log: warnings,
    // A process killed between the two files has told nobody else of what only the log has.
    found: (record) => {
      if (record._tag !== "First" && !told.has(record)) file.journal(record)
    }
  })
  const failed = (error: unknown) => die(name, error)
  const listen = { host, port: 0 }
  const server = await Group0Server.open({
    words,
    log,
    members,
    listen,
    clock,
    journal: file.journal,
    failed,
    warnings
  })

  const shutdown = () => void server.close().then(() => process.exit(0), failed)
  const obey = async (command: Group0Command): Promise<Group0Answer<Metadata>> => {
    switch (command._tag) {
      case "Elect":
        if (await server.elect(command.node)) break
        return { _tag: "Failed", why: `${command.node} is not connected` }
      case "Partition":
        server.partition(command.node)
        break
      case "Heal":
        server.heal(command.node)
        break
      case "Status":
        return { _tag: "Status", ...server.status }
      case "Shutdown":
        // Behind the answer, which is written in a microtask.
        setImmediate(shutdown)
        break
    }
    return { _tag: "Done" }
  }
  const control = new ControlLines({
    input: process.stdin,
    output: process.stdout,
    clock,
    command: Group0Command,
    answer: words.answer,
    obey,
    abandoned: shutdown
  })
  control.tell({ event: "listening", address: server.address })
}

/** What a journal has told of commits and terms. */
class Told {
  #at = 0
  #term = 0

  constructor(labels: ReadonlyArray<Group0Label<unknown, unknown>>) {
    for (const label of labels) {
      if (label._tag === "Committed") this.#at = label.at
      else if (label._tag === "Elected") this.#term = label.term
    }
  }

  has(record: Exclude<LogRecord<unknown, unknown>, { readonly _tag: "First" }>): boolean {
    return record._tag === "Elected" ? record.term <= this.#term : record.at <= this.#at
  }
}
