import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { Group0Answer, Group0Command } from "../group0/control.ts"
import { LogFile, type LogRecord } from "../group0/log-file.ts"
import { Group0Server } from "../group0/server.ts"
import { LamportClock } from "../lamport-clock.ts"
import type { Group0Configuration } from "./configuration.ts"
import { ControlLines } from "./control-lines.ts"
import { JournalFile } from "./journal-file.ts"
import { die, stderrLog } from "./stderr-log.ts"

const name = "group0"

/** Runs group 0 in this process, until it is told to shut down or nobody commands it any more. */
export async function runGroup0(configuration: Group0Configuration): Promise<void> {
  const { host, members, first } = configuration
  const clock = new LamportClock(configuration.clock)
  const warnings = stderrLog(name)
  const file = new JournalFile(configuration.journal, name, clock)
  const told = new Told(file.found.map(({ label }) => label))
  const log = await LogFile.open({
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
  const server = await Group0Server.open({ log, members, listen, clock, journal: file.journal, failed, warnings })

  const shutdown = () => void server.close().then(() => process.exit(0), failed)
  const obey = async (command: Group0Command): Promise<Group0Answer> => {
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
    answer: Group0Answer,
    obey,
    abandoned: shutdown
  })
  control.tell({ event: "listening", address: server.address })
}

/** What a journal has told of commits and terms. */
class Told {
  #at = 0
  #term = 0

  constructor(labels: ReadonlyArray<ClusterLabel>) {
    for (const label of labels) {
      if (label._tag === "Committed") this.#at = label.at
      else if (label._tag === "Elected") this.#term = label.term
    }
  }

  has(record: Exclude<LogRecord, { readonly _tag: "First" }>): boolean {
    return record._tag === "Elected" ? record.term <= this.#term : record.at <= this.#at
  }
}
