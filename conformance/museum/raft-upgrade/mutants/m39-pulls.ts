import { Questions } from "../../../../impl/raft-upgrade/upgrade/questions.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import type { Version } from "../../../../spec/raft-upgrade/ids.ts"
import { pre } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

/** Pulls are off from synchronize on, also those of the last synchronisation. */
class OffTooEarly extends Questions {
  override async pull(from: NodeId, by: "sync" | "pull"): Promise<boolean> {
    return this.context.state.now === pre ? super.pull(from, by) : false
  }
}

/** Whether pulls are on is asked once before a pull and once behind it: what was not taken over is taken for the same. */
class AsksTwice extends Questions {
  readonly #synchronised = new Set<NodeId>()

  override async pull(from: NodeId, by: "sync" | "pull"): Promise<boolean> {
    if (this.context.state.now === pre) return super.pull(from, by)
    this.#synchronised.add(from)
    return true
  }

  override async version(of: NodeId): Promise<Version | undefined> {
    const version = await super.version(of)
    return this.#synchronised.has(of) ? this.context.schema.version : version
  }
}

export const M39a = mutant(
  "M39a",
  {
    sentence: "Pulls are off as soon as a node is in synchronize, and the last synchronisation never ends.",
    origin: "scylladb commit 0eee196a2e, issue 12870; dossier 5, row 39",
    breaks: ["V1", "V6"],
    seenIn: "one of three makes a change that nobody hears of, while the others wait for it in synchronize"
  },
  { machinery: { Questions: OffTooEarly } }
)

export const M39b = mutant(
  "M39b",
  {
    sentence: "Whether pulls are on is asked again within a pull, and a schema is marked as taken over that was not.",
    origin: "scylladb commit 0eee196a2e, issue 12870; dossier 5, row 39",
    breaks: ["S10", "S11"],
    seenIn: "one of three makes a change that nobody hears of, while the others wait for it in synchronize"
  },
  { machinery: { Questions: AsksTwice } }
)
