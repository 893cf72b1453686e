/** The designs of the consumer connection and of what is above it, as data: the reference, the shipped one, and those that were debated. */
import { type Choices, varying } from "../kernel/variants.ts"

/** A design of the proxy as data: every choice in which a lawful proxy, a shipped one or a mistaken one may differ. */
export interface Variant {
  /** What an end does that comes before the acknowledgement (dossier 6.2). */
  readonly endPolicy: "ignore" | "errorList" | "secondList" | "errorOrCrash" | "crash"
  /** How an end is matched to the stream it ends (dossier 7, A1). */
  readonly matchRule: "headerOpaque" | "vbucket" | "incarnation"
  /** Statuses of a close response that are no error. */
  readonly tolerateOnClose: "0,1" | "0,1,10"
  /** What a shut does to a set-up that is going on. */
  readonly shutWhileBusy: "refuse" | "takeOver"
  /** Whether the kv producer ends a stream that its client closed with a STREAM_END of its own. */
  readonly closeControl: "on" | "off"
  /** An end of an acknowledged stream that the call still wants open (M11). */
  readonly endAfterAck: "unmentioned" | "reported"
  /** An end of a takeover's stream before the takeover is done (M35). */
  readonly endOfTakeover: "ignored" | "answered"
  /** The producer's answer to a close that a shut no longer waits for (M23). */
  readonly producerCloseUnderShut: "crashes" | "dropped"
  /** An unanswered ADD_STREAM whose stream a shut has closed (M37). */
  readonly addUnderShut: "awaited" | "settledByClose"
  /** The owner of a set-up that a shut took over (M39). */
  readonly ownerUnderShut: "forgotten" | "interrupted"
  /** A shut over a set-up that waits for nothing but the producer, which a shut does not wait for (found by exploration). */
  readonly shutOverNothing: "waits" | "answered"
  /** A vBucket that a caller names twice (M40). */
  readonly duplicates: "kept" | "removed"
  /** What tells the replicators of a node pair apart (M38). */
  readonly replicatorsBy: "features" | "connection"
}

/** Satisfies every law but S19, which no crash policy can satisfy. */
export const reference: Variant = {
  endPolicy: "crash",
  matchRule: "incarnation",
  tolerateOnClose: "0,1,10",
  shutWhileBusy: "takeOver",
  closeControl: "on",
  endAfterAck: "reported",
  endOfTakeover: "answered",
  producerCloseUnderShut: "dropped",
  addUnderShut: "settledByClose",
  ownerUnderShut: "interrupted",
  shutOverNothing: "answered",
  duplicates: "removed",
  replicatorsBy: "connection"
}

/** What ns_server ships (HEAD `038347f13`), with every repair undone. */
export const asShipped: Variant = {
  endPolicy: "crash",
  matchRule: "headerOpaque",
  tolerateOnClose: "0,1",
  shutWhileBusy: "takeOver",
  closeControl: "on",
  endAfterAck: "unmentioned",
  endOfTakeover: "ignored",
  producerCloseUnderShut: "crashes",
  addUnderShut: "awaited",
  ownerUnderShut: "forgotten",
  shutOverNothing: "waits",
  duplicates: "kept",
  replicatorsBy: "features"
}

/** What was shipped before the fix of MB-53445 (the parent of `77956b29c`). */
export const beforeFix: Variant = { ...asShipped, endPolicy: "ignore" }

/**
 * The error list of patch set 4 as far as the laws let it go: matched by incarnation, with an error where nothing else is owed
 * and a crash where the caller would wait (L7), and no operation while the response is still owed (S6).
 */
export const errorList: Variant = { ...reference, endPolicy: "errorOrCrash" }

export const variants = { reference, errorList, asShipped, beforeFix } as const

const choices: Choices<Variant> = {
  endPolicy: ["ignore", "errorList", "secondList", "errorOrCrash", "crash"],
  matchRule: ["headerOpaque", "vbucket", "incarnation"],
  tolerateOnClose: ["0,1", "0,1,10"],
  shutWhileBusy: ["refuse", "takeOver"],
  closeControl: ["on", "off"],
  endAfterAck: ["unmentioned", "reported"],
  endOfTakeover: ["ignored", "answered"],
  producerCloseUnderShut: ["crashes", "dropped"],
  addUnderShut: ["awaited", "settledByClose"],
  ownerUnderShut: ["forgotten", "interrupted"],
  shutOverNothing: ["waits", "answered"],
  duplicates: ["kept", "removed"],
  replicatorsBy: ["features", "connection"]
}

/** `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<Variant>("dcp", variants, choices)
