/** A whole family through every story of up to three events, and what is then left waiting for ever. */
import { shutTimeoutMs } from "../../../../impl/dcp/replicator.ts"
import { L2, L4, L6, S17 } from "../../../../spec/dcp/laws/liveness.ts"
import { S17r } from "../../../../spec/dcp/laws/supervision.ts"
import type { Exam } from "../exam.ts"
import { Family } from "../family/family.ts"
import { judged } from "../judged.ts"
import type { Subject } from "../subject.ts"

/** What may happen to a family. The first connection stands for both wherever the other makes no difference. */
const events: Readonly<Record<string, (family: Family) => void>> = {
  "the map is asked for": (family) => family.ask(),
  "a call to replicator 0": (family) => family.call(0),
  "kv of connection 0 falls silent": (family) => {
    family.member(0).ends.silent = true
  },
  "kv consumer 0 breaks": (family) => family.member(0).break("kvConsumer"),
  "kv producer 0 breaks": (family) => family.member(0).break("kvProducer"),
  "kv consumer 1 breaks": (family) => family.member(1).break("kvConsumer"),
  "replicator 0 is shut down": (family) => family.stop(0, "shutdown"),
  "replicator 0 is nuked": (family) => family.stop(0, "nuke")
}
const names = Object.keys(events)
const longest = 3

export const familyStories: Exam = {
  name: "family stories",
  async *findings(subject) {
    const { consumer, producer, replicator, manager } = subject
    if ((consumer ?? producer ?? replicator ?? manager) === undefined) return
    for (const story of stories())
      for (const { law, why } of await outcome(subject, story))
        yield { law, by: `law ${law} in a family story`, length: story.length, what: `${story.join(", ")}: ${why}` }
  }
}

/** All stories, short ones first. */
function* stories(): Generator<ReadonlyArray<string>> {
  let told: ReadonlyArray<ReadonlyArray<string>> = [[]]
  for (let length = 1; length <= longest; length++) {
    told = told.flatMap((story) => names.map((name) => [...story, name]))
    yield* told
  }
}

/** Lets a story happen to a family that replicates its map, lets all timers run out, and asks for the map once more. */
const outcome = async (subject: Subject, story: ReadonlyArray<string>) => {
  const family = new Family(subject)
  family.ask()
  await family.settled()
  for (const event of story) {
    events[event]!(family)
    await family.settled()
  }
  await family.wait(2 * shutTimeoutMs)
  const waiting = family.labels.flatMap((labels) => judged(labels, [S17, L2, L4]))
  family.ask()
  await family.settled()
  // A kv that says nothing keeps the map from being in force, and no law promises otherwise.
  const answering = [0, 1].every((connection) => !family.member(connection).ends.silent)
  return [
    ...waiting,
    ...family.labels.flatMap((labels) => judged(labels, [S17r])),
    ...(answering ? judged(family.managerLabels, [L6]) : [])
  ]
}
