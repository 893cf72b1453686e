/** The scopes of a worker in which a design fails, with the law that it breaks and the length of the shortest story. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { WorkerBounds } from "./bounds.ts"
import * as scenes from "./scenes.ts"
import { type Plan, scope } from "./scope.ts"
import { asShipped, original2025, type WorkerVariant } from "./variant.ts"

/** A scope for a design that is wrong in one parameter, or in few that belong together. */
const wrong = (
  name: string,
  variant: Partial<WorkerVariant>,
  about: string,
  bounds: Partial<WorkerBounds>,
  pinned: Plan["pinned"],
  mustFail: Readonly<Record<string, number>>
): Scope<ViewBuildingLabel> => scope(name, { about, variant, bounds, pinned, mustFail })

export const failingScopes: ReadonlyArray<Scope<ViewBuildingLabel>> = [
  wrong(
    "forgetsWaiters",
    { wakes: "unlessObserving" },
    "M03: nobody tells a call that its batch is over where the observer has ended it.",
    scenes.viewsDropped,
    [5_190, 12_957, 22],
    { L6w: 13 }
  ),
  wrong(
    "ignoresTerm",
    { term: "ignored" },
    "M06: a coordinator that was replaced still starts batches.",
    scenes.failover,
    [2_618, 6_617, 21],
    { S3w: 7 }
  ),
  wrong(
    "breaksMutex",
    { drain: "breaksMutex" },
    "M07: a drain does not wait for the mutex, and who has it starts a batch after it.",
    { comings: [scenes.coming("write")], drains: 1 },
    [1_789, 4_811, 20],
    { S20: 8 }
  ),
  wrong(
    "isNotDrained",
    { drain: "leavesAlone" },
    "M08: nobody drains the worker, and it goes on working.",
    { comings: [scenes.coming("write")], drains: 1 },
    [953, 2_807, 19],
    { S20: 7 }
  ),
  wrong(
    "registersOpenly",
    { registers: "openly" },
    "M09: the row of staging sstables is there before they are on the list, and a batch finds none.",
    scenes.staged,
    [22_122, 56_732, 39],
    { S14: 15, S15: 11, S16: 12 }
  ),
  wrong(
    "cleansListOnly",
    { cleansUp: "listOnly" },
    "M10: a tablet's cleanup forgets what still waits to be registered.",
    scenes.stagedAndMoved,
    [15_353, 41_401, 30],
    { S7: 10 }
  ),
  wrong(
    "sleepsThroughQueue",
    { registrator: "edge" },
    "M11: what is queued while the registrator is at work is not noticed.",
    scenes.staged,
    [9_210, 22_748, 39],
    { L6r: 11 }
  ),
  wrong(
    "holdsStartedAcrossCommit",
    { startedMutex: "acrossCommit", observer: "keepsApply" },
    "M12: the registrator waits for its command to be applied, and the observer that keeps it from that waits for the registrator.",
    scenes.staged,
    [3_505, 7_351, 38],
    { L6r: 6, L7: 6 }
  ),
  wrong(
    "reusesAnyRow",
    { reuses: "any" },
    "M13: a staging sstable is put to a row that has begun without it.",
    scenes.staged,
    [6_617, 16_547, 39],
    { S14: 20, S16: 17 }
  ),
  wrong(
    "flushesForLateViews",
    { flushFor: "afterFlush" },
    "M14: the views that a flush was for are read when it is over.",
    scenes.viewAdded,
    [39_875, 117_556, 32],
    { S17: 11, D1: 16 }
  ),
  wrong(
    "unlistsTooEarly",
    { unlists: "chosen" },
    "M17: an attempt takes its sstables off the list, fails, and the next has none.",
    scenes.stagedWithFailures,
    [3_110, 8_012, 28],
    { S14: 17 }
  ),
  wrong(
    "drainsAroundStaging",
    { drain: "skipsStaging" },
    "M29: a drain does not wait for an attempt that processes staging.",
    scenes.stagedAndDrained,
    [955, 2_462, 24],
    { S20: 14 }
  ),
  wrong(
    "generatorEndsAttempt",
    { generatorStops: "endsAttempt" },
    "M38: the end of the view update generator counts as that of the attempt.",
    scenes.stagedAndStopped,
    [416, 849, 22],
    { S14: 15 }
  ),
  wrong(
    "notesTooEarly",
    { notes: "noTaskHere" },
    "M80: a node takes a view for built once it has nothing to do for it itself.",
    scenes.twoShards,
    [2_841, 7_131, 26],
    { S10n: 21 }
  ),
  wrong(
    "keepsLostTasks",
    { lostTasks: "kept" },
    "M19: nobody tells a batch that its tasks are gone.",
    scenes.impatient(scenes.viewsDropped),
    [4_955, 12_522, 22],
    { L6o: 10 }
  ),
  wrong(
    "readsElsewhere",
    { readsOn: "first" },
    "M20: a batch reads on another shard than its own.",
    scenes.twoShards,
    [2_802, 7_062, 26],
    { S26: 7 }
  ),
  wrong(
    "givesUpRegistering",
    { afterRefusal: "givesUp" },
    "M21: one command that is refused is the end of the registrator.",
    scenes.stagedAndSplit,
    [5_915, 14_052, 36],
    { L6r: 9 }
  ),
  wrong(
    "countsHints",
    { acknowledged: "byHints" },
    "M32: a build is done while its rows are only hints.",
    scenes.viewAdded,
    [34_839, 99_606, 32],
    { D1: 14 }
  ),
  wrong(
    "truncatesAnytime",
    { truncation: "uncoordinated" },
    "M34: a truncation does not wait for who has read what it removes.",
    { comings: [scenes.coming("write")], truncations: 1 },
    [1_153, 2_916, 19],
    { D2: 14, D3: 11 }
  ),
  wrong(
    "startsForTheDead",
    { goesBy: "snapshot", abortedTask: "started" },
    "M35: a batch starts for tasks that were aborted since the call's barrier, and the observer has been there already.",
    scenes.impatient(scenes.tabletMoves),
    [18_357, 50_963, 26],
    { L6o: 9 }
  ),
  wrong(
    "absorbsWhatever",
    { absorbs: "current" },
    "M36: a call whose batch is over waits, with the mutex in hand, for the one that runs by then.",
    scenes.impatient(scenes.tabletsInFailover),
    [4_218, 11_560, 28],
    { L6w: 14 }
  ),
  wrong(
    "registersForTheDropped",
    { droppedTable: "registered" },
    "M40: a staging sstable gets a row after its table was dropped.",
    scenes.stagedAndDropped,
    [3_879, 9_493, 25],
    { S7: 7 }
  ),
  wrong(
    "registersAsItCame",
    { tablet: "asItCame" },
    "M41: a staging sstable is registered for the tablet that it belonged to before a split.",
    scenes.stagedAndSplit,
    [6_200, 14_597, 36],
    { S14: 10 }
  ),
  wrong(
    "cleansOtherShards",
    { cleansUp: "everyShard" },
    "M43: the cleanup of a tablet forgets what waits to be registered on another shard.",
    scenes.stagedBesideMove,
    [110_488, 381_450, 32],
    { S15: 17, L6r: 12 }
  ),
  wrong(
    "observerKeepsApply",
    { observer: "keepsApply" },
    "M46: the node applies nothing while its observer waits for a batch to end.",
    scenes.impatient(scenes.stagedAndMoved),
    [7_028, 17_737, 29],
    { L7: 16 }
  ),
  wrong(
    "looksOnce",
    { observes: "edge" },
    "M11, for the observer: what is applied while it looks is not looked at.",
    scenes.impatient(scenes.viewsDropped),
    [5_470, 13_647, 22],
    { L6o: 10 }
  ),
  wrong(
    "startsAnother",
    { whileBusy: "starts" },
    "M56: a shard that is at work starts another batch.",
    scenes.splitInFailover,
    [27_092, 80_052, 35],
    { S1: 11 }
  ),
  wrong(
    "keepsMutexForBarrier",
    { barrier: "keepsMutex", observer: "keepsApply" },
    "M57: a call waits for group 0 with the mutex in hand, and the observer that wants it keeps the node from applying.",
    scenes.twoShards,
    [1_718, 3_992, 26],
    { L7: 4 }
  ),
  wrong(
    "recordsOnBaseChange",
    { onBaseChange: "recorded" },
    "M58: what was left undone when the base changed counts as completed.",
    scenes.baseChanges,
    [6_359, 15_497, 30],
    { S19: 11 }
  ),
  wrong(
    "attachesToEqualOnly",
    { attach: "equal" },
    "M59: after a failover with a new view, the call for both is turned away until the batch ends.",
    scenes.addedInFailover,
    [84_665, 265_519, 35],
    { S27: 11 }
  ),
  wrong(
    "doesNotAwaitWrites",
    { flushAwaits: "streamsOnly" },
    "M61: a flush does not wait for writes that knew less.",
    scenes.viewAddedToStream,
    [20_867, 62_480, 37],
    { S17: 11, D1: 16 }
  ),
  wrong(
    "doesNotAwaitStreams",
    { flushAwaits: "writesOnly" },
    "M61: a flush does not wait for streams that knew less.",
    scenes.viewAddedToStream,
    [21_686, 64_950, 37],
    { S17: 9, D1: 14 }
  ),
  wrong(
    "flushesOnce",
    { flushAgain: "never" },
    "M61: there is no flush for a view that comes after the base.",
    scenes.viewAdded,
    [39_925, 116_401, 32],
    { S17: 11, D1: 16 }
  ),
  wrong(
    "readsViewsLate",
    { flushFor: "beforeFlush" },
    "M61: the views that a flush is for are read after it has waited, and a write began meanwhile that knew less.",
    scenes.viewAddedToWrites,
    [120_732, 393_941, 34],
    { S17: 14, D1: 19 }
  ),
  wrong(
    "asShipped",
    asShipped,
    "What ships, while a tablet moves and no attempt has to come to an end.",
    scenes.impatient(scenes.tabletMoves),
    [11_059, 28_701, 26],
    { L6o: 9 }
  ),
  wrong(
    "asShippedFallen",
    asShipped,
    "What ships, while a node falls: M42, a staging sstable that it finds is put to a row that is done.",
    { ...scenes.staged, restarts: 1 },
    [45_945, 116_656, 52],
    { S14: 18, S16: 16 }
  ),
  wrong(
    "original2025Staged",
    original2025,
    "The worker of 2025 and two staging sstables: M09, M13 and M17 are yet to be found.",
    scenes.staged,
    [11_127, 26_729, 44],
    { S14: 16, S15: 11, S16: 12 }
  )
]
