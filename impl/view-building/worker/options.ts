/**
 * Where the reference does other than what scylladb ships, as data, so that both can be run.
 *
 * Source of every choice: dossier `view-building.md` 5b, by the number given.
 */
export interface WorkerOptions {
  /**
   * What a call goes by once it has the mutex: what the node knows by then, or a copy made at its barrier (M35). Between the two
   * the observer may have looked, and nobody would look again at a batch of tasks that are gone.
   */
  readonly goesBy: "live" | "snapshot"
  /** Whether the term of a call is looked at after its barrier (M06): a coordinator that was deposed must not start anything (S3w). */
  readonly term: "checked" | "ignored"
  /** Whether a batch starts with a task that is aborted (M35). */
  readonly abortedTask: "refused" | "started"
  /** Whose batch a call absorbs that has waited for one: that one, or whichever is there by then (M36), which need not be over. */
  readonly absorbs: "awaited" | "current"
  /**
   * When the views are read that a flush is for: before it waits for writes and streams, or after that (M61). Whatever sets out
   * between the wait and the reading knows nothing of the newest view, and the flush does not wait for it.
   */
  readonly flushFor: "firstOfAll" | "beforeFlush"
  /** Whether the observer keeps the node from applying while it waits for a shard (M46), which waits for streams that wait for the node. */
  readonly observer: "copies" | "keepsApply"
  /**
   * Which staging row is used again: one that this worker made since it started, or any that it does not know to be started
   * (M42). A worker that has just come back knows of none, and a row that was done and not collected takes nothing in any more.
   */
  readonly reuses: "own" | "notStarted"
  /** What a node that comes back does with staging sstables: it queues them, or puts them to rows that it finds (M42). */
  readonly discovers: "queues" | "attaches"
  /**
   * When rows from elsewhere go into staging: while a view is not built, or while it is STARTED. Between a view's creation and
   * that, clients' writes come to it and a deletion from elsewhere does not, for a build writes what is alive (found by a storm).
   */
  readonly stages: "unlessBuilt" | "ifStarted"
  /** Which tablet an sstable is registered for: the one that it belongs to then, or did as it came (M41), before a split or merge. */
  readonly tablet: "now" | "asItCame"
  /** What becomes of an sstable whose table was dropped meanwhile (M40): a row for it would stay for ever. */
  readonly droppedTable: "skipped" | "registered"
  /** What a tablet's cleanup forgets: what its own shard has, or also what other shards of the node have of these tokens (M43). */
  readonly cleansUp: "ownShard" | "everyShard"
  /** What a listed sstable is that was rewritten: the one that took its place, or what it was (M33), which is tried for ever. */
  readonly rewritten: "followed" | "stale"
  /** What an attempt is that the view update generator gave up: failed, or done with nothing made (M38). */
  readonly generatorStopped: "failed" | "done"
  /** Whether a truncation waits for whoever has read what it removes (M34), and would bring it back in a view. */
  readonly truncation: "waits" | "uncoordinated"
}

/** Holds every law. */
export const reference: WorkerOptions = {
  goesBy: "live",
  term: "checked",
  abortedTask: "refused",
  absorbs: "awaited",
  flushFor: "firstOfAll",
  observer: "copies",
  reuses: "own",
  discovers: "queues",
  stages: "unlessBuilt",
  tablet: "now",
  droppedTable: "skipped",
  cleansUp: "ownShard",
  rewritten: "followed",
  generatorStopped: "failed",
  truncation: "waits"
}

/** What scylladb ships (HEAD `f4a4091ca2`), as the dossier reads it. */
export const asShipped: WorkerOptions = {
  goesBy: "snapshot",
  term: "checked",
  abortedTask: "started",
  absorbs: "current",
  flushFor: "beforeFlush",
  observer: "keepsApply",
  reuses: "notStarted",
  discovers: "attaches",
  stages: "ifStarted",
  tablet: "asItCame",
  droppedTable: "registered",
  cleansUp: "everyShard",
  rewritten: "stale",
  generatorStopped: "done",
  truncation: "uncoordinated"
}
