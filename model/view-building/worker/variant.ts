/** The designs of a worker as data: the reference, the shipped one, that of 2025, and one parameter for each change that breaks a law. */
import { type Choices, varying } from "../../kernel/variants.ts"

export interface WorkerVariant {
  /** Who starts batches: calls, or the observer for whatever group 0 says was started (2025). */
  readonly batches: "byCalls" | "byObserver"
  /** What a call goes by once it has the mutex: group 0 as the node knows it then, or as it was at its barrier (M35). */
  readonly goesBy: "live" | "snapshot"
  /** Whether a batch starts with a task that is aborted (M35). */
  readonly abortedTask: "refused" | "started"
  /** Whether the term of a call is looked at after its barrier (M06). */
  readonly term: "checked" | "ignored"
  /** Whose batch a call absorbs that has waited for one: that one, or whichever is there by then (M36). */
  readonly absorbs: "awaited" | "current"
  /** What becomes of a batch's tasks when the base changes (M58). */
  readonly onBaseChange: "forgotten" | "recorded"
  /** How much a call must have in common with the running batch to wait for it (M59). */
  readonly attach: "overlap" | "equal"
  /** Whether a shard that is at work starts another batch (M56). */
  readonly whileBusy: "refuses" | "starts"
  /** When the views are read that a flush is for: before whatever it waits for, before the flush, or after it (M61, M14). */
  readonly flushFor: "firstOfAll" | "beforeFlush" | "afterFlush"
  /** What a flush waits for (M61). */
  readonly flushAwaits: "all" | "streamsOnly" | "writesOnly"
  /** Whether there is a flush for a view that came after the last one (M61). */
  readonly flushAgain: "forNewViews" | "never"
  /** When a build attempt counts as done (M32). */
  readonly acknowledged: "byReplicas" | "byHints"
  /** Which shard reads a batch's data (M20). */
  readonly readsOn: "owner" | "first"
  /** Whether the observer keeps the node from applying while it waits for a shard (M46). */
  readonly observer: "copies" | "keepsApply"
  /** Whether the observer looks again at what came while it was looking (L6). */
  readonly observes: "level" | "edge"
  /** Whether a call is told that its batch is over when it is the observer who has ended it (M03). */
  readonly wakes: "always" | "unlessObserving"
  /** Whether the mutex is free while a call waits for its barrier (M57). */
  readonly barrier: "freesMutex" | "keepsMutex"
  /** What the observer does with a batch that has lost tasks (M19). */
  readonly lostTasks: "dropped" | "kept"
  /** What a drain does before it lets go of the mutexes: takes them, breaks them, or nothing at all (M07, M08), or all but wait for staging (M29). */
  readonly drain: "takesMutex" | "breaksMutex" | "leavesAlone" | "skipsStaging"
  /** Whether a truncation waits for whoever has read what it removes (M34). */
  readonly truncation: "waits" | "uncoordinated"
  // ---- staging
  /** Which row a staging sstable may be put to: one that this worker made since it started, one that is not started, any, or none, so that each has its own (M13, M42). */
  readonly reuses: "own" | "notStarted" | "any" | "never"
  /** What the registrator notices: what is queued, or that something is being queued while it sleeps (M11). */
  readonly registrator: "level" | "edge"
  /** What the registrator does after a command of its own was refused (M21). */
  readonly afterRefusal: "triesAgain" | "givesUp"
  /** Whether batches can choose sstables while the registrator is at work (M09). */
  readonly registers: "underMutex" | "openly"
  /** Which tablet an sstable is registered for: the one that it belongs to then, or that it belonged to as it came (M41). */
  readonly tablet: "now" | "asItCame"
  /** What becomes of an sstable whose table was dropped meanwhile (M40). */
  readonly droppedTable: "skipped" | "registered"
  /** Whether the registrator keeps the observer from what it has started until it has applied its own command (M12). */
  readonly startedMutex: "released" | "acrossCommit"
  /** When an sstable leaves the list: once it was processed, or as it is chosen (M17). */
  readonly unlists: "processed" | "chosen"
  /** What a node that comes back does with staging sstables: queues them, or puts them to rows that are there (M42). */
  readonly discovers: "queues" | "attaches"
  /** What a tablet's cleanup forgets: list and queue of its shard, the list alone, or those of other shards too (M10, M43). */
  readonly cleansUp: "ownShard" | "listOnly" | "everyShard"
  /** How a batch finds its sstables on the list: by their tokens, or by the tablet that they were registered for (M15). */
  readonly finds: "byToken" | "byLastToken"
  /** What becomes of what is known of an sstable that is written anew, as it was: it is of the new one, or still of the old (M33). */
  readonly rewrites: "followed" | "stale"
  /** What an attempt makes of the end of the view update generator: that it has failed, or that it is over (M38). */
  readonly generatorStops: "failsAttempt" | "endsAttempt"
  /** Which views a node takes for built: those of which every status says so, or those that it has nothing to do for (M80). */
  readonly notes: "everyStatus" | "noTaskHere"
}

/** Holds every law. */
export const reference: WorkerVariant = {
  batches: "byCalls",
  goesBy: "live",
  abortedTask: "refused",
  term: "checked",
  absorbs: "awaited",
  onBaseChange: "forgotten",
  attach: "overlap",
  whileBusy: "refuses",
  flushFor: "firstOfAll",
  flushAwaits: "all",
  flushAgain: "forNewViews",
  acknowledged: "byReplicas",
  readsOn: "owner",
  observer: "copies",
  observes: "level",
  wakes: "always",
  barrier: "freesMutex",
  lostTasks: "dropped",
  drain: "takesMutex",
  truncation: "waits",
  reuses: "own",
  registrator: "level",
  afterRefusal: "triesAgain",
  registers: "underMutex",
  tablet: "now",
  droppedTable: "skipped",
  startedMutex: "released",
  unlists: "processed",
  discovers: "queues",
  cleansUp: "ownShard",
  finds: "byToken",
  rewrites: "followed",
  generatorStops: "failsAttempt",
  notes: "everyStatus"
}

/** What scylladb ships (HEAD `f4a4091ca2`), as the dossier reads it. */
export const asShipped: WorkerVariant = {
  ...reference,
  goesBy: "snapshot",
  abortedTask: "started",
  absorbs: "current",
  flushFor: "beforeFlush",
  observer: "keepsApply",
  truncation: "uncoordinated",
  reuses: "notStarted",
  tablet: "asItCame",
  droppedTable: "registered",
  discovers: "attaches",
  cleansUp: "everyShard",
  rewrites: "stale",
  generatorStops: "endsAttempt"
}

/** What was merged in August 2025 (`7ccb50514d`), as the dossier reads it. Group 0 says which tasks were started. */
export const original2025: WorkerVariant = {
  ...asShipped,
  batches: "byObserver",
  term: "ignored",
  flushFor: "afterFlush",
  drain: "leavesAlone",
  reuses: "never",
  registers: "openly",
  unlists: "chosen",
  finds: "byLastToken"
}

const variants = { reference, asShipped, original2025 } as const

const choices: Choices<WorkerVariant> = {
  batches: ["byCalls", "byObserver"],
  goesBy: ["live", "snapshot"],
  abortedTask: ["refused", "started"],
  term: ["checked", "ignored"],
  absorbs: ["awaited", "current"],
  onBaseChange: ["forgotten", "recorded"],
  attach: ["overlap", "equal"],
  whileBusy: ["refuses", "starts"],
  flushFor: ["firstOfAll", "beforeFlush", "afterFlush"],
  flushAwaits: ["all", "streamsOnly", "writesOnly"],
  flushAgain: ["forNewViews", "never"],
  acknowledged: ["byReplicas", "byHints"],
  readsOn: ["owner", "first"],
  observer: ["copies", "keepsApply"],
  observes: ["level", "edge"],
  wakes: ["always", "unlessObserving"],
  barrier: ["freesMutex", "keepsMutex"],
  lostTasks: ["dropped", "kept"],
  drain: ["takesMutex", "breaksMutex", "leavesAlone", "skipsStaging"],
  truncation: ["waits", "uncoordinated"],
  reuses: ["own", "notStarted", "any", "never"],
  registrator: ["level", "edge"],
  afterRefusal: ["triesAgain", "givesUp"],
  registers: ["underMutex", "openly"],
  tablet: ["now", "asItCame"],
  droppedTable: ["skipped", "registered"],
  startedMutex: ["released", "acrossCommit"],
  unlists: ["processed", "chosen"],
  discovers: ["queues", "attaches"],
  cleansUp: ["ownShard", "listOnly", "everyShard"],
  finds: ["byToken", "byLastToken"],
  rewrites: ["followed", "stale"],
  generatorStops: ["failsAttempt", "endsAttempt"],
  notes: ["everyStatus", "noTaskHere"]
}

/** `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<WorkerVariant>("the worker", variants, choices)
