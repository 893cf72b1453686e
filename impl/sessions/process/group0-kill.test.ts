import { join } from "node:path"
import { expect, test } from "vitest"
import type { Committer } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId } from "../../../spec/sessions/metadata.ts"
import { type Group0Answer, Group0Command } from "../../group0/control.ts"
import { LogFile } from "../../group0/log-file.ts"
import type { LogRecord } from "../../group0/log-record.ts"
import { Child } from "../../runtime/child/child.ts"
import { JournalFile } from "../../runtime/child/journal-file.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { metadataAt, newDirectory, nodeA, nodeB, operator, settle } from "../example.test-support.ts"
import { sessionsWords, Unavailable } from "../group0/group0.ts"
import { RemoteGroup0 } from "../group0/remote-group0.ts"

const rounds = 5

/** Group 0's process, which is killed and started again, and two members that commit as fast as they can. */
class Stage {
  readonly clock = new LamportClock()
  readonly files = newDirectory()
  readonly acknowledged = new Map<number, Metadata>()
  readonly outcomes = { committed: 0, concurrent: 0, unknown: 0, unavailable: 0 }
  #child: Child<Group0Command, Group0Answer<Metadata>> | undefined
  #address: Address = { host: "127.0.0.1", port: 1 }
  /** Makes every command's metadata another. */
  #version = 1
  #watchers: Array<{ readonly committed: number; readonly reached: () => void }> = []

  get log(): string {
    return join(this.files, "group0.log")
  }

  get journal(): string {
    return join(this.files, "group0.journal")
  }

  async start(): Promise<void> {
    const configuration = {
      host: "127.0.0.1",
      journal: this.journal,
      log: this.log,
      members: [nodeA, nodeB],
      first: metadataAt(1),
      clock: this.clock.now
    }
    const main = new URL("./group0-main.ts", import.meta.url)
    const schemas = { command: Group0Command, answer: sessionsWords.answer }
    this.#child = new Child({ name: "group0", main, configuration, clock: this.clock, ...schemas })
    this.#address = await this.#child.listening
  }

  kill(): Promise<void> {
    return this.#child!.kill()
  }

  member(self: NodeId): RemoteGroup0 {
    const member = new RemoteGroup0({ self, address: () => this.#address, clock: new LamportClock() })
    member.follow(async () => {})
    return member
  }

  async commitOnce(member: RemoteGroup0): Promise<void> {
    try {
      const guard = await member.start()
      const metadata = metadataAt(++this.#version)
      const answer = await member.commit(guard, operator, metadata)
      if (answer._tag === "Committed") {
        this.acknowledged.set(answer.at, metadata)
        this.#count()
      } else if (answer._tag === "StatusUnknown") this.outcomes.unknown++
      else this.outcomes.concurrent++
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      this.outcomes.unavailable++
      await someLeader(member)
    }
  }

  /** Resolves when so many more commits have been acknowledged. */
  committed(more: number): Promise<void> {
    const committed = this.outcomes.committed + more
    return new Promise((reached) => this.#watchers.push({ committed, reached }))
  }

  #count(): void {
    const committed = ++this.outcomes.committed
    for (const watcher of this.#watchers) if (watcher.committed === committed) watcher.reached()
  }
}

/** Resolves when somebody leads, as far as a member knows. */
function someLeader(member: RemoteGroup0): Promise<void> {
  if (member.leadership.leader !== null) return settle()
  return new Promise((resolve) => {
    const stop = member.onLeadership(({ leader }) => {
      if (leader === null) return
      stop()
      resolve()
    })
  })
}

test("sessions: group 0: a process killed at any moment loses nothing that it acknowledged, and its journal neither", async () => {
  const stage = new Stage()
  await stage.start()
  const members = [stage.member(nodeA), stage.member(nodeB)]
  let isOver = false
  const committing = members.map(async (member) => {
    while (!isOver) await stage.commitOnce(member)
  })
  for (let round = 0; round < rounds; round++) {
    // The kill falls somewhere into the commits that follow: between any two turns of the event loop.
    await stage.committed(10 + Math.floor(Math.random() * 20))
    for (let turns = Math.floor(Math.random() * 50); turns > 0; turns--) await settle()
    await stage.kill()
    await stage.start()
  }
  await stage.committed(1)
  isOver = true
  await Promise.all(committing)
  await Promise.all(members.map((member) => member.close()))
  await stage.kill()

  const records: LogRecord<Metadata, Committer>[] = []
  const log = await LogFile.open(sessionsWords, {
    path: stage.log,
    first: metadataAt(1),
    found: (record) => records.push(record)
  })
  await log.close()
  const commits = records.flatMap((record) => (record._tag === "Committed" ? [record] : []))
  for (const [at, metadata] of stage.acknowledged) expect(commits[at - 1]).toMatchObject({ at, metadata })
  expect(stage.outcomes.committed).toBe(stage.acknowledged.size)
  // Not more is there than what was acknowledged or may have happened.
  expect(commits.length).toBeLessThanOrEqual(stage.outcomes.committed + stage.outcomes.unknown)

  const told = new JournalFile(sessionsWords.journal, stage.journal, "group0", stage.clock)
  told.close()
  const labels = told.found.map(({ label }) => label)
  const positions = labels.flatMap((label) => (label._tag === "Committed" ? [label.at] : []))
  expect(positions).toEqual(positions.map((_, n) => n + 1))
  // Only what was written in the last moment of the last kill may be in the log alone.
  expect(commits.length - positions.length).toBeLessThanOrEqual(1)
  const terms = labels.flatMap((label) => (label._tag === "Elected" ? [label.term] : []))
  expect(terms).toEqual(terms.map((_, n) => n + 1))
  expect(terms.length).toBeGreaterThan(rounds)
}, 300_000)
