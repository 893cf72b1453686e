/**
 * What the dossier only inferred, and what exploration, a recording or a conversation made of it.
 *
 * A verdict is computed: `confirmed` is written only while the evidence is what the claim says.
 */
import { count } from "../../conformance/report/counts.ts"
import { type Bounds, setup, small } from "../../model/dcp/bounds.ts"
import { pair } from "../../model/dcp/pair.ts"
import { replicatorSystem } from "../../model/dcp/replicator-system.ts"
import { asShipped, beforeFix, reference } from "../../model/dcp/variants.ts"
import { replay } from "../../model/explorer/replay.ts"
import { S19 } from "../../spec/dcp/laws/packets.ts"
import { broken, must, own, talk, verdictOf, violated } from "./claim-evidence.ts"
import { commandFor, explored, exploredScope, type Found, lawIn } from "./exploring.ts"
import { lawLink } from "./exploring-of.ts"
import {
  answerAfterItsClose,
  answerAfterTheEnd,
  answerBeforeLaterEnd,
  answerOvertakesItsChunk,
  endAfterItsClose,
  endBeforeItsClose,
  exitsByChild,
  exitsByWorker,
  laterEndBeforeAnswer
} from "./witnesses.ts"

export type Verdict = "confirmed" | "confirmed, and more" | "found here"

export interface Claim {
  /** Where the dossier says it, or nothing where it does not. */
  readonly place: string
  readonly says: string
  readonly verdict: Verdict
  /** What was seen, with its numbers. Throws where the evidence is not what the verdict says. */
  readonly evidence: () => string
}

const openAndClose = { vbuckets: 1, calls: 3, requests: [setup(0), setup()] }
const twoStreams = { vbuckets: 2, calls: 2, requests: [setup(0), setup(1), setup(0, 1), setup()] }

export const claims: ReadonlyArray<Claim> = [
  {
    place: "headline 2, A1, M9",
    says: "the merged lookup never finds what it looks for, because kv ends a stream under the stream's opaque",
    verdict: "confirmed",
    evidence: () => {
      const [shipped, unfixed] = [exploredScope("asShipped"), exploredScope("beforeFix")]
      const core = (found: Found) => violated(found).replace(/,DCP-L8:\d+/, "")
      must(core(shipped) === core(unfixed), "asShipped and beforeFix break the same laws in the same steps")
      must(shipped.counts.distinct === unfixed.counts.distinct, "asShipped and beforeFix have as many states")
      return `\`${commandFor("asShipped")}\` and \`${commandFor("beforeFix")}\` break the same laws in the same numbers of steps; the recordings agree for the ns_server half, the kv half rests on reading`
    }
  },
  {
    place: "headline 2",
    says: "the unit tests of the fix cannot tell, for their stream has the number of its vBucket",
    verdict: "confirmed",
    evidence: () => {
      const found = exploredScope("asShippedUnitTest")
      must(violated(found).split(",").length === 1, "only S3 is left with unit-test opaques")
      return `${broken("asShippedUnitTest", "S3")()}; every other law holds there`
    }
  },
  {
    place: "design 5, prototype",
    says: "with the right match rule and nothing else, the merged fix holds all but strict S3",
    verdict: "confirmed",
    evidence: () => {
      const variant = { base: "asShipped", matchRule: "incarnation" }
      must(violated(exploredScope("twoStreams", { variant })).split(",").length === 1, "only S3 is left")
      return `${broken("twoStreams", "S3", { variant })()}; every other law holds there`
    }
  },
  {
    place: "headline 3",
    says: "an end before the acknowledgement needs no bug in kv",
    verdict: "confirmed",
    evidence: () => `${broken("obligingKv", "S4")()}, where kv answers every ADD_STREAM`
  },
  {
    place: "O1",
    says: "an acknowledgement cannot come before an end that shared a chunk with the producer's answer",
    verdict: "confirmed",
    evidence: () => {
      const found = own("O1", beforeFix, {}, [answerOvertakesItsChunk, answerAfterTheEnd])
      must(verdictOf(found, "O1") === "never", "no acknowledgement overtakes its chunk")
      must(verdictOf(found, "O1b") === "witnessed", "some acknowledgement comes after the end")
      return `never among ${count(found.counts.distinct)} states; ${talk("o1-cast-before-the-write")} fails without the rule`
    }
  },
  {
    place: "O2",
    says: "in different chunks, either may come first",
    verdict: "confirmed",
    evidence: () => {
      const found = own("O2", reference, {}, [answerBeforeLaterEnd, laterEndBeforeAnswer])
      const steps = (law: string) => lawIn(found, law).length
      must(verdictOf(found, "O2a") === "witnessed" && verdictOf(found, "O2b") === "witnessed", "both orders happen")
      return `answer first in ${steps("O2a")} steps, end first in ${steps("O2b")}; ${talk("o2-answer-before-end")}, ${talk("o2-end-before-answer")}`
    }
  },
  {
    place: "O3",
    says: "kv sees the request to close before the end that it causes",
    verdict: "confirmed",
    evidence: () => {
      const found = own("O3", reference, openAndClose, [endBeforeItsClose, endAfterItsClose])
      must(verdictOf(found, "O3") === "never", "no end overtakes its close")
      must(verdictOf(found, "O3b") === "witnessed", "some end comes after its close")
      return `never among ${count(found.counts.distinct)} states; ${talk("o3-close-at-the-consumer-first")} fails without the rule`
    }
  },
  {
    place: "2.1, M40",
    says: "a vBucket named twice sends two ADD_STREAMs under one opaque",
    verdict: "confirmed, and more",
    evidence: () => `${broken("asShippedDuplicates", "S6")()}; the answers then break S2, S4, S8 and S14 too`
  },
  {
    place: "2.3, F6, M35",
    says: "a takeover whose stream ends early is never answered",
    verdict: "confirmed",
    evidence: broken("asShippedTakeover", "L3")
  },
  {
    place: "2.8, M13",
    says: "0x0a on a close is reported as an error",
    verdict: "confirmed",
    evidence: broken("asShippedV7Codes", "S12", { variant: { base: "reference", tolerateOnClose: "0,1" } })
  },
  {
    place: "2.3, M23",
    says: "the producer's answer under a shut crashes the connection in a log call",
    verdict: "confirmed",
    evidence: () => `${broken("asShippedShutOverClose", "S20")()}; the recordings of the real module have the crash`
  },
  {
    place: "M36",
    says: "a stale end removes the stream that took its place",
    verdict: "confirmed",
    evidence: broken("asShippedStaleEnds", "S4")
  },
  {
    place: "1.5, M10",
    says: "matched by vBucket, a stale end kills a healthy set-up; two calls are too few to show it",
    verdict: "confirmed",
    evidence: () => {
      const two = own("S11", { ...reference, matchRule: "vbucket" }, { ...openAndClose, calls: 2 }, [])
      must(violated(two) === "", "two calls are too few")
      return `${broken("vbucketRule", "S11")()}; with two calls all laws hold. The dossier's prototype had 22 steps: here the producer connection's write is a step of its own`
    }
  },
  {
    place: "F7, M37",
    says: "a shut waits for the acknowledgement of a stream that it has closed itself, until a timer ends it",
    verdict: "confirmed",
    evidence: () => {
      must(verdictOf(exploredScope("replicator"), "L4") === "holds", "the replicator's timer is enough for L4")
      const undone = broken("shutOverSetup", "L4c", { variant: { base: "reference", addUnderShut: "awaited" } })
      return `${undone()}; ${lawLink("L4")} holds in \`${commandFor("replicator")}\``
    }
  },
  {
    place: "M39",
    says: "a shut over a set-up drops the first caller",
    verdict: "confirmed",
    evidence: broken("shutOverSetup", "L1", { variant: { base: "reference", ownerUnderShut: "forgotten" } })
  },
  {
    place: "M38",
    says: "a dead replicator is not missed while its sibling lives",
    verdict: "confirmed",
    evidence: broken("asShippedManager", "L6")
  },
  {
    place: "S19, 6.2",
    says: "no crash policy can make the outcome independent of the order",
    verdict: "confirmed, and more",
    evidence: () => {
      const second = own("S19", { ...reference, endPolicy: "secondList" }, { ...twoStreams, losses: [] }, [S19])
      const { length } = lawIn(second, "L7")
      must(violated(second) === `DCP-L7:${length}`, "the second list holds all but L7 where kv answers")
      return `${broken("orderOfResponseAndEnd", "S19")()}; the second list holds it, and all else but ${lawLink("L7")} (${length} steps), where kv answers every ADD_STREAM: S5, S19, S20 and L7 cannot hold together`
    }
  },
  {
    place: "5, L1 and A4",
    says: "with the crash design, A4 may be weakened: an end, too, is an answer",
    verdict: "confirmed",
    evidence: () => {
      must(violated(exploredScope("oneStream")) === "", "the reference stands an answer dropped with its stream")
      const lost = [
        "losingVbucketDeleted",
        "losingVbucketStateChanged",
        "losingRollbackAborted",
        "losingProducerSilent"
      ]
      const lengths = lost.map((scope) => lawIn(exploredScope(scope), "L1").length)
      return `the loss 2.8 a hangs no caller (\`${commandFor("oneStream")}\`); the losses b, d, e, f do, in ${lengths.join(", ")} steps (\`losing...\` scopes)`
    }
  },
  {
    place: "2.10 (1)",
    says: "which reason a replicator dies of is a race",
    verdict: "confirmed",
    evidence: () => {
      const found = explored("own exits", () =>
        replicatorSystem(null, { ...small, breaks: 1 }, [exitsByWorker, exitsByChild])
      )
      const both = verdictOf(found, "exit-worker") === "witnessed" && verdictOf(found, "exit-child") === "witnessed"
      must(both, "both reasons happen")
      return `\`crashed\` and \`childInterrupted\` both happen after one death, in ${lawIn(found, "exit-worker").length} and ${lawIn(found, "exit-child").length} steps`
    }
  },
  {
    place: "2.6",
    says: "a takeover is answered before the confirmation that completes it is forwarded",
    verdict: "confirmed",
    evidence: () => `a consequence of the chunk rule: ${talk("f6-takeover")}`
  },
  {
    place: "A4 (ambiguity)",
    says: "a stray acknowledgement in idle goes to the producer, after a shut nowhere",
    verdict: "confirmed",
    evidence: () => talk("s14-stray-answer-when-idle")
  },
  {
    place: "A1",
    says: "on a little-endian host the lookup can first match at counter 65,536",
    verdict: "confirmed, and more",
    evidence: () => `what it then hits is another vBucket's set-up: ${talk("f3-opaques-collide")}`
  },
  {
    place: "",
    says: "a shut over a set-up that owes nothing waits for a response that need not come, for only a response makes it look whether it is done",
    verdict: "found here",
    evidence: () => {
      const undone = broken("shutOverSetup", "L4c", { variant: { base: "reference", shutOverNothing: "waits" } })
      return `${undone()}; ${talk("f7-shut-over-nothing-owed-waits")}`
    }
  },
  {
    place: "",
    says: "an ADD_STREAM may be answered after the CLOSE_STREAM that a shut sent behind it",
    verdict: "found here",
    evidence: () => {
      const bounds = { vbuckets: 1, calls: 2, requests: [setup(0), { _tag: "ShutConnection" as const }], overlap: true }
      const found = own("late", reference, bounds, [answerAfterItsClose])
      must(verdictOf(found, "late") === "witnessed", "an answer comes after its close")
      return `in ${lawIn(found, "late").length} steps; whoever settles the ADD_STREAM by its close must still know the answer as its own: ${talk("f7-late-answer-after-the-close-of-a-shut")}`
    }
  },
  {
    place: "6.2, T7",
    says: "under the error list a late acknowledgement crashes the connection after all",
    verdict: "confirmed, and more",
    evidence: () => {
      const found = own("error list", { ...reference, endPolicy: "errorList" }, { ...twoStreams, losses: [] }, [])
      const { verdict, length } = lawIn(found, "S20")
      must(verdict === "violated", "the error list crashes for a response that kv owed")
      return `even where kv answers everything: ${lawLink("S20")} breaks in ${length} steps with two streams; ${talk("f3-error-list-late-answer-is-out-of-sync")}`
    }
  }
]

/** The shipped story of a hang can be replayed under the design before the fix: same rules, same labels. */
export const hangIsTheSame = (): boolean => {
  const { story = [] } = lawIn(exploredScope("asShipped"), "L1")
  const bounds: Bounds = { ...small, vbuckets: 1, calls: 1, requests: [setup(0)] }
  return replay(pair(beforeFix, bounds, []), story).possible && replay(pair(asShipped, bounds, []), story).possible
}
