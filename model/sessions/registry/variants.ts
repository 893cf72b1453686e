/** The designs of one session registry as data: the reference, the shipped one, and one parameter for each change that breaks a law. */
import { type Choices, varying } from "../../kernel/variants.ts"

/** A design of a session registry as data: every choice in which a lawful one, the shipped one or a mistaken one may differ. */
export interface RegistryVariant {
  /** Whom enter lets in (M01, M02). */
  readonly enter: "open" | "registered" | "createsUnknown"
  /** What the null session is (M03). */
  readonly nullSession: "unknown" | "default"
  /** Whether a close leaves the default session alone (M04). */
  readonly defaultSession: "spared" | "closed"
  /** What a drain waits for (M05, M06). */
  readonly drainWaits: "closing" | "nothing" | "openToo"
  /** Which closing sessions a drain takes on its list (M07). */
  readonly drainTakes: "all" | "sinceLastDrain"
  /** What a drain does while another is going on (M08). */
  readonly secondDrain: "queues" | "returns"
  /** What create does to a closing session (M09). */
  readonly createOnClosing: "nothing" | "reopens"
  /** Whether a copy of a guard is counted (M10, one half). */
  readonly copy: "counted" | "uncounted"
  /** Whether a guard that was moved from releases as well (M10, the other half). */
  readonly movedFrom: "empty" | "releases"
  /** What a failed check does to its guard (M11). */
  readonly failedCheck: "nothing" | "releases"
  /** What a close does to the guards that are inside (M12). */
  readonly close: "waits" | "releases"
  /** Whether a close tells those who subscribed, and when (M13, M83). */
  readonly abort: "beforeClose" | "afterClose" | "never"
  /** What becomes of a subscription that comes after the close (M14). */
  readonly lateSubscriber: "refused" | "accepted"
  /** How long a subscription lasts (M15). */
  readonly subscription: "guard" | "session"
  /** Whether a check looks at all (M80). */
  readonly check: "refusesClosing" | "passes"
  /** Whether a guard of a closing session can be copied (M81). */
  readonly copyInClosing: "allowed" | "refused"
  /** What a drain does with what it has drained (M82). */
  readonly drained: "forgotten" | "kept"
  /** In which order one close meets the sessions that it closes: any, as in a hash table, or that of their creation. */
  readonly closeMeets: "anyOrder" | "creationOrder"
}

/** Holds every law. The registry is the part in which upstream has nothing to repair. */
export const reference: RegistryVariant = {
  enter: "open",
  nullSession: "unknown",
  defaultSession: "spared",
  drainWaits: "closing",
  drainTakes: "all",
  secondDrain: "queues",
  createOnClosing: "nothing",
  copy: "counted",
  movedFrom: "empty",
  failedCheck: "nothing",
  close: "waits",
  abort: "beforeClose",
  lateSubscriber: "refused",
  subscription: "guard",
  check: "refusesClosing",
  copyInClosing: "allowed",
  drained: "forgotten",
  closeMeets: "anyOrder"
}

/** What scylladb ships (HEAD `f4a4091ca28e`). Its recordings agree with it in every step. */
export const asShipped: RegistryVariant = { ...reference }

/** The reference in a registry that remembers the order in which sessions were created, as ours does. */
export const inCreationOrder: RegistryVariant = { ...reference, closeMeets: "creationOrder" }

const variants = { reference, asShipped, inCreationOrder } as const

const choices: Choices<RegistryVariant> = {
  enter: ["open", "registered", "createsUnknown"],
  nullSession: ["unknown", "default"],
  defaultSession: ["spared", "closed"],
  drainWaits: ["closing", "nothing", "openToo"],
  drainTakes: ["all", "sinceLastDrain"],
  secondDrain: ["queues", "returns"],
  createOnClosing: ["nothing", "reopens"],
  copy: ["counted", "uncounted"],
  movedFrom: ["empty", "releases"],
  failedCheck: ["nothing", "releases"],
  close: ["waits", "releases"],
  abort: ["beforeClose", "afterClose", "never"],
  lateSubscriber: ["refused", "accepted"],
  subscription: ["guard", "session"],
  check: ["refusesClosing", "passes"],
  copyInClosing: ["allowed", "refused"],
  drained: ["forgotten", "kept"],
  closeMeets: ["anyOrder", "creationOrder"]
}

/** `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<RegistryVariant>("the registry", variants, choices)
