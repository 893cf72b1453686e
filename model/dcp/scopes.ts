/** The scopes of DCP. Counts are pinned: whoever changes a rule sees what it changes here. */
import { maybeClose, setup, shutConnection, takeover } from "./bounds.ts"
import { managerSystem } from "./manager-system.ts"
import { replicatorSystem } from "./replicator-system.ts"
import { scope } from "./scope.ts"
import { asShipped, beforeFix, reference } from "./variants.ts"

const oneStream = { vbuckets: 1, calls: 1, requests: [setup(0)] }
const openAndClose = { vbuckets: 1, calls: 3, requests: [setup(0), setup()] }
const twoStreams = { vbuckets: 2, calls: 2, requests: [setup(0), setup(1), setup(0, 1), setup()], breaks: 1 }
const oneSetup = { vbuckets: 2, calls: 1, requests: [setup(0, 1)] }
const takeovers = { vbuckets: 1, calls: 2, requests: [takeover(0), setup(0), maybeClose(0)] }
const shutOverSetup = {
  vbuckets: 1,
  calls: 3,
  requests: [setup(0), setup(), shutConnection],
  overlap: true
}

/** Scopes in which the reference holds every law. */
const holding = [
  scope("oneStream", {
    about: "One call for one stream, which kv may refuse, answer or end at any time.",
    bounds: oneStream,
    also: ["W1", "W2", "W3"],
    pinned: [44, 66, 15]
  }),
  scope("openAndClose", {
    about: "One stream opened and closed three times: ends of earlier streams arrive late.",
    bounds: openAndClose,
    also: ["W1", "W2", "W3", "W5", "W8", "W9"],
    pinned: [1_288, 2_630, 36]
  }),
  scope("twoStreams", {
    about: "Two streams, two calls, one broken socket: what one stream does to the set-up of another.",
    bounds: twoStreams,
    also: ["W1", "W2", "W3", "W4", "W5", "W8"],
    pinned: [117_737, 381_932, 41]
  }),
  scope("takeovers", {
    about: "Takeover, set-up and close of one stream in any order, ended at any time.",
    bounds: takeovers,
    also: ["W1", "W3", "W6"],
    pinned: [1_546, 3_390, 38]
  }),
  scope("shutOverSetup", {
    about: "A shut that overtakes a set-up or a close that is going on.",
    bounds: shutOverSetup,
    also: ["W1", "W3", "W7"],
    pinned: [6_794, 15_895, 36]
  }),
  scope("rollback", {
    about: "The producer asks for a rollback, and the stream is requested again under the same opaque.",
    bounds: { vbuckets: 1, calls: 2, requests: [setup(0), takeover(0)], refusals: 1, rollbacks: true },
    also: ["W1", "W3", "W6"],
    pinned: [2_567, 5_637, 43]
  }),
  scope("everyFlow", {
    about: "Every flow F1 to F8: set-up, close, takeover, shut over a set-up, ends, refusals, a break.",
    bounds: {
      vbuckets: 2,
      calls: 2,
      requests: [setup(0, 1), setup(), takeover(0), shutConnection],
      overlap: true,
      breaks: 1,
      chunk: 3
    },
    also: ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8"],
    pinned: [213_390, 721_223, 48]
  })
]

/** Scopes above the proxy pair. */
const supervising = [
  scope("replicator", {
    about: "A replicator whose proxies die, answer or keep silent, and that is told to stop: nobody waits for ever.",
    bounds: { calls: 2, requests: [setup(0), takeover(0)], breaks: 2 },
    system: replicatorSystem,
    pinned: [13_891, 25_227, 14]
  }),
  scope("manager", {
    about: "Two connections between a pair of nodes, two deaths: a repeated desired map is in force in the end.",
    bounds: { breaks: 2 },
    also: ["W10", "W11"],
    system: managerSystem,
    pinned: [352, 571, 20]
  })
]

/**
 * Scopes in which a design fails, and with which law and shortest story.
 *
 * A liveness law's number counts the steps to where a fair run may wait for ever: where it stops, or where its loop begins.
 */
const failing = [
  scope("beforeFix", {
    about: "Before the fix of MB-53445: an end before the acknowledgement is ignored, and the caller waits for ever.",
    variant: beforeFix,
    bounds: oneStream,
    also: ["L8"],
    pinned: [53, 80, 15],
    mustFail: { S3: 13, S3w: 13, S4: 13, L7: 9, L1: 12, L5: 13, L8: 12 }
  }),
  scope("beforeFixGhost", {
    about: "Before the fix: the acknowledgement comes after the end, and a stream that is over is believed open.",
    variant: beforeFix,
    bounds: openAndClose,
    pinned: [1_610, 3_201, 36],
    mustFail: { S3: 13, S3w: 13, S4: 13, S6: 15, L7: 9, L1: 12, L5: 13 }
  }),
  scope("obligingKv", {
    about:
      "kv answers every ADD_STREAM even when the stream has ended, so that the connection before the fix does not hang.",
    variant: beforeFix,
    bounds: { ...oneStream, losses: [] },
    also: ["L8"],
    pinned: [51, 77, 15],
    mustFail: { S3: 13, S3w: 13, S4: 13, L7: 9, L5: 13 }
  }),
  scope("asShipped", {
    about: "The merged fix against the stream opaques that kv really sends: the same violations as no fix at all.",
    variant: asShipped,
    bounds: oneStream,
    pinned: [53, 80, 15],
    mustFail: { S3: 13, S3w: 13, S4: 13, L7: 9, L1: 12, L5: 13 }
  }),
  scope("asShippedUnitTest", {
    about: "The merged fix against streams that are named like their vBucket, as in its unit tests: strict S3 is left.",
    variant: asShipped,
    bounds: { ...oneSetup, streamOpaques: "vbucket" },
    pinned: [1_939, 5_186, 24],
    mustFail: { S3: 19 }
  }),
  scope("asShippedStaleEnds", {
    about: "Shipped: the late end of an earlier stream removes the stream that took its place.",
    variant: { ...asShipped, endPolicy: "crash" },
    bounds: { ...openAndClose, ends: 0, losses: [] },
    pinned: [442, 769, 33],
    mustFail: { S4: 31 }
  }),
  scope("asShippedTakeover", {
    about: "Shipped: a takeover whose stream ends early is never answered.",
    variant: asShipped,
    bounds: { vbuckets: 1, calls: 1, requests: [takeover(0)] },
    pinned: [340, 724, 28],
    mustFail: { L3: 12 }
  }),
  scope("asShippedShut", {
    about: "Shipped: a shut over a set-up forgets its owner, and waits for an answer that a closed stream never gives.",
    variant: asShipped,
    bounds: { vbuckets: 1, calls: 2, requests: [setup(0), shutConnection], overlap: true, ends: 0 },
    pinned: [170, 251, 20],
    mustFail: { S2: 13, S5: 7, S10: 13, S14: 8, L1: 7, L4c: 11, L5: 13 }
  }),
  scope("asShippedShutOverClose", {
    about: "Shipped: a shut over a close crashes on the answer that it says it ignores, or waits for nothing.",
    variant: asShipped,
    bounds: { ...shutOverSetup, ends: 0, refusals: 0 },
    pinned: [1_477, 2_999, 33],
    mustFail: { S4: 15, S5: 7, S6: 9, S8: 11, S14: 8, S20: 18, L1: 11, L4c: 11, L5: 13 }
  }),
  scope("asShippedV7Codes", {
    about: "Shipped: with v7 status codes a close that finds the stream gone is reported as an error.",
    variant: asShipped,
    bounds: { vbuckets: 1, calls: 2, requests: [setup(0), setup()], noSuchStream: "DcpStreamNotFound", losses: [] },
    pinned: [427, 783, 25],
    mustFail: { S2: 21, S3: 13, S3w: 13, S4: 13, S6: 15, S12: 21, L7: 9, L5: 13 }
  }),
  scope("asShippedDuplicates", {
    about: "Shipped: a vBucket named twice is asked for twice under one opaque.",
    variant: asShipped,
    bounds: { vbuckets: 1, calls: 1, requests: [setup(0, 0)], ends: 0 },
    pinned: [53, 79, 11],
    mustFail: { S2: 5, S4: 11, S5: 4, S6: 2, S8: 6, S10: 11, S14: 5, L5: 11 }
  }),
  scope("asShippedManager", {
    about: "Shipped: a dead replicator is not missed while its sibling lives, so the rebalance fails again and again.",
    variant: asShipped,
    bounds: { breaks: 1 },
    system: managerSystem,
    pinned: [62, 91, 9],
    mustFail: { L6: 8 }
  }),
  scope("rebalanceHangs", {
    about:
      "A replicator whose set-up kv never answers (A4 off): the rebalance hangs, where a crash would have made it fail.",
    bounds: { breaks: 0, without: ["DCP-A4"] },
    system: managerSystem,
    pinned: [12, 15, 6],
    mustFail: { L6: 2 }
  }),
  scope("vbucketRule", {
    about: "Crash, matched by vBucket alone: a stale end kills a healthy set-up.",
    variant: { ...reference, matchRule: "vbucket" },
    bounds: openAndClose,
    pinned: [1_258, 2_557, 36],
    mustFail: { S4: 31, S11: 23 }
  }),
  scope("errorList", {
    about: "The error list of patch set 4, matched by incarnation: the late acknowledgement is out of sync.",
    variant: { ...reference, endPolicy: "errorList" },
    bounds: { ...openAndClose, calls: 2, requests: [setup(0)] },
    pinned: [307, 544, 26],
    mustFail: { S6: 11 }
  }),
  scope("secondList", {
    about: "The second list, matched by incarnation: it still waits for an acknowledgement that never comes.",
    variant: { ...reference, endPolicy: "secondList" },
    bounds: oneStream,
    pinned: [53, 80, 15],
    mustFail: { L7: 9, L1: 12 }
  }),
  scope("orderOfResponseAndEnd", {
    about:
      "The reference on S19, which no crash policy can satisfy: an end that comes before a failing response is an exit.",
    bounds: oneStream,
    also: ["S19"],
    pinned: [44, 66, 15],
    mustFail: { S19: 9 }
  }),
  scope("losingVbucketDeleted", {
    about:
      "The reference without A4: kv finds the vBucket deleted when it accepts the stream, and nothing ends the wait (2.8 b).",
    bounds: { ...oneStream, losses: ["vbucketDeleted"] },
    pinned: [49, 76, 15],
    mustFail: { L1: 8 }
  }),
  scope("losingVbucketStateChanged", {
    about:
      "The reference without A4: the vBucket's state changes while the answer is queued, and nothing ends the wait (2.8 d).",
    bounds: { ...oneStream, losses: ["vbucketStateChanged"] },
    pinned: [49, 76, 15],
    mustFail: { L1: 9 }
  }),
  scope("losingRollbackAborted", {
    about:
      "The reference without A4: the rollback that the producer asked for is aborted, and nothing ends the wait (2.8 e).",
    bounds: { ...oneStream, losses: ["rollbackAborted"], rollbacks: true, refusals: 1 },
    pinned: [79, 121, 20],
    mustFail: { L1: 8 }
  }),
  scope("losingProducerSilent", {
    about: "The reference without A4: the producer never answers STREAM_REQ, and nothing ends the wait (2.8 f).",
    bounds: { ...oneStream, losses: ["producerSilent"] },
    pinned: [44, 65, 15],
    mustFail: { L1: 6 }
  })
]

export const scopes = [...holding, ...supervising, ...failing]
