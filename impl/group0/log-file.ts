import { Result } from "effect"
import type { CommitAnswer } from "../../spec/group0/messages.ts"
import { type NodeId, Position, Term } from "../../spec/metadata.ts"
import { type Log, silentLog } from "../runtime/log.ts"
import { DamagedFile, RecordFile } from "../runtime/storage/record-file.ts"
import { complaint } from "../runtime/wire/complaint.ts"
import type { Entry } from "./group0.ts"
import type { LogRecord, LogRecords } from "./log-record.ts"
import type { Words } from "./words.ts"

export interface LogFileOptions<Metadata, By> {
  readonly path: string
  /** What a new log begins with; a log that is there already begins as it did. */
  readonly first: Metadata
  /** Takes every record that was there when the log was opened. */
  readonly found?: (record: LogRecord<Metadata, By>) => void
  readonly log?: Log
}

/** The log of group 0 on disk. What it says has been fsynced. */
export class LogFile<Metadata, By> {
  readonly #records: LogRecords<Metadata, By>
  readonly #file: RecordFile
  #head: Entry<Metadata>
  #term: Term
  /** Resolves when everything asked for so far is done; each waits for the one before. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(records: LogRecords<Metadata, By>, file: RecordFile, head: Entry<Metadata>, term: Term) {
    this.#records = records
    this.#file = file
    this.#head = head
    this.#term = term
  }

  /** Opens a log, or begins one. Rejects with `DamagedFile` where it cannot be told what was committed. */
  static async open<Metadata, By>(
    { records }: Words<Metadata, By>,
    options: LogFileOptions<Metadata, By>
  ): Promise<LogFile<Metadata, By>> {
    let head: Entry<Metadata> | undefined
    let term = Term.make(0)
    const read = (record: unknown, where: string) => {
      const decoded = records.decode(record)
      if (Result.isFailure(decoded)) throw new DamagedFile(where, `no record of group 0: ${complaint(decoded.failure)}`)
      const known = decoded.success
      checkOrder(known, head, term, where)
      if (known._tag === "Elected") term = known.term
      else head = { at: known._tag === "First" ? Position.make(0) : known.at, metadata: known.metadata }
      options.found?.(known)
    }
    const { path, first, log = silentLog } = options
    const file = await RecordFile.open({ path, format: "portcullis group 0 log 1", read, log })
    if (head !== undefined) return new LogFile(records, file, head, term)
    await file.append(records.encode({ _tag: "First", metadata: first }))
    return new LogFile(records, file, { at: Position.make(0), metadata: first }, term)
  }

  get head(): Entry<Metadata> {
    return this.#head
  }

  get term(): Term {
    return this.#term
  }

  /** Puts a command at the end, if it was computed from what the log says by then. */
  commit(expected: Position, by: By, metadata: Metadata): Promise<Exclude<CommitAnswer, { _tag: "StatusUnknown" }>> {
    return this.#inTurn(async () => {
      if (this.#head.at !== expected) return { _tag: "ConcurrentModification", head: this.#head.at }
      const at = Position.make(expected + 1)
      await this.#file.append(this.#records.encode({ _tag: "Committed", by, at, metadata }))
      this.#head = { at, metadata }
      return { _tag: "Committed", at }
    })
  }

  /** Begins a new term with a leader. */
  elect(node: NodeId): Promise<Term> {
    return this.#inTurn(async () => {
      const term = Term.make(this.#term + 1)
      await this.#file.append(this.#records.encode({ _tag: "Elected", term, node }))
      this.#term = term
      return term
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#file.close())
  }

  #inTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    const done = this.#last.then(work)
    // The next one does not fail for what this one failed for.
    this.#last = done.catch(() => {})
    return done
  }
}

/** A log whose records do not follow each other was put together from several. */
function checkOrder<Metadata, By>(
  record: LogRecord<Metadata, By>,
  head: Entry<Metadata> | undefined,
  term: Term,
  where: string
): void {
  const wrong = (expected: string) => {
    throw new DamagedFile(where, `the record is ${showRecord(record)}, and ${expected} was expected`)
  }
  if (record._tag === "First" ? head !== undefined : head === undefined)
    wrong(head ? "a command or a term" : "the first state")
  if (record._tag === "Committed" && head !== undefined && record.at !== head.at + 1) wrong(`position ${head.at + 1}`)
  if (record._tag === "Elected" && record.term <= term) wrong(`a term after ${term}`)
}

function showRecord<Metadata, By>(record: LogRecord<Metadata, By>): string {
  if (record._tag === "First") return "the first state"
  return record._tag === "Committed" ? `position ${record.at}` : `term ${record.term}`
}
