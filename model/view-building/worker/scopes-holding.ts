/** The scopes of a worker in which every law holds. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Scope } from "../../kernel/scope.ts"
import * as scenes from "./scenes.ts"
import { scope } from "./scope.ts"
import { asShipped, original2025 } from "./variant.ts"

export const holdingScopes: ReadonlyArray<Scope<ViewBuildingLabel>> = [
  scope("oneView", {
    about: "One view, one row; an attempt may fail, and the node may fall.",
    bounds: scenes.oneView,
    also: ["W3", "W6", "W8", "W13", "W15", "W21", "W28"],
    pinned: [2_662, 6_399, 22]
  }),
  scope("failover", {
    about: "Coordinators change, and a call of the last one comes late.",
    bounds: scenes.failover,
    also: ["W1", "W22", "W23", "W24", "W25"],
    pinned: [1_826, 4_472, 21]
  }),
  scope("viewAdded", {
    about: "A view comes while another is being built, and a write knows of one or both.",
    bounds: scenes.viewAdded,
    also: ["W29", "W30"],
    pinned: [32_397, 94_372, 32]
  }),
  scope("rowDeleted", {
    about: "A row is written and deleted while a view comes.",
    bounds: scenes.rowDeleted,
    also: ["W29", "W34"],
    pinned: [3_253, 8_482, 22]
  }),
  scope("viewAddedToStream", {
    about: "A stream and a write are on their way as a view comes.",
    bounds: scenes.viewAddedToStream,
    also: ["W29", "W31"],
    pinned: [21_359, 63_462, 37]
  }),
  scope("streamed", {
    about: "A stream comes into staging while a view is being built.",
    bounds: scenes.streamed,
    also: ["W31"],
    pinned: [14_925, 43_764, 36]
  }),
  scope("viewsDropped", {
    about: "Two views share a batch, and are dropped one after the other.",
    bounds: scenes.viewsDropped,
    also: ["W11", "W26", "W27"],
    pinned: [5_173, 13_031, 22]
  }),
  scope("baseChanges", {
    about: "One base after the other, and the view of the first may be dropped.",
    bounds: scenes.baseChanges,
    also: ["W8", "W11", "W27"],
    pinned: [5_963, 14_553, 30]
  }),
  scope("tabletMoves", {
    about: "A tablet sets out for another node, and goes or comes back; its tasks are aborted.",
    bounds: scenes.tabletMoves,
    also: ["W4", "W5", "W27"],
    pinned: [14_086, 39_515, 27]
  }),
  scope("tabletMovesImpatiently", {
    about: "The same while no attempt has to come to an end: nobody but its own call waits for one.",
    bounds: scenes.impatient(scenes.tabletMoves),
    pinned: [14_086, 39_515, 27]
  }),
  scope("twoTabletsImpatiently", {
    about: "Two tablets, two coordinators, and no attempt has to come to an end.",
    bounds: scenes.impatient(scenes.tabletsInFailover),
    also: ["W1", "W21", "W23"],
    pinned: [4_218, 11_574, 28]
  }),
  scope("truncated", {
    about: "A base is truncated while its view is being built.",
    bounds: { comings: [scenes.coming("write")], truncations: 1 },
    pinned: [1_082, 2_773, 19]
  }),
  scope("drained", {
    about: "A worker is drained in the middle of whatever it does.",
    bounds: { comings: [scenes.coming("write")], drains: 1 },
    also: ["W27"],
    pinned: [1_513, 4_050, 20]
  }),
  scope("twoShards", {
    about: "Two shards with a tablet each, and one observer for both.",
    bounds: scenes.twoShards,
    pinned: [2_802, 7_062, 26]
  }),
  scope("staged", {
    about: "Two staging sstables come, and are registered together or one by one.",
    bounds: scenes.staged,
    also: ["W10", "W31", "W33"],
    pinned: [8_770, 21_952, 39]
  }),
  scope("stagedWithFailures", {
    about: "A staging sstable, an attempt that fails, and two coordinators.",
    bounds: scenes.stagedWithFailures,
    also: ["W28", "W31"],
    pinned: [3_110, 8_012, 28]
  }),
  scope("stagedAndFallen", {
    about: "A staging sstable, and a node that falls and finds it on its disk.",
    bounds: scenes.stagedAndFallen,
    also: ["W31", "W32"],
    pinned: [6_620, 15_991, 37]
  }),
  scope("stagedAndDrained", {
    about: "A staging sstable, and a worker that is drained.",
    bounds: scenes.stagedAndDrained,
    also: ["W31"],
    pinned: [905, 2_343, 24]
  }),
  scope("stagedAndStopped", {
    about: "A staging sstable, and the view update generator stops while it processes it.",
    bounds: scenes.stagedAndStopped,
    also: ["W31"],
    pinned: [436, 887, 24]
  }),
  scope("stagedAndMoved", {
    about: "A staging sstable whose tablet sets out for another node, while no attempt has to come to an end.",
    bounds: scenes.impatient(scenes.stagedAndMoved),
    also: ["W16", "W27", "W31"],
    pinned: [13_318, 36_526, 30]
  }),
  scope("stagedAndSplit", {
    about: "A staging sstable whose tablet is split.",
    bounds: scenes.stagedAndSplit,
    also: ["W27", "W31"],
    pinned: [5_906, 14_042, 36]
  }),
  scope("stagedAndDropped", {
    about: "A staging sstable whose table is dropped.",
    bounds: scenes.stagedAndDropped,
    also: ["W27", "W31"],
    pinned: [3_614, 8_962, 25]
  }),
  scope("asShippedBuilds", {
    about: "What ships, while a view comes as another is being built: what it does to build views is right.",
    variant: asShipped,
    bounds: scenes.viewAdded,
    also: ["W29", "W30"],
    pinned: [24_023, 64_516, 31]
  }),
  scope("original2025Builds", {
    about: "The worker of 2025, while a view comes as another is being built.",
    variant: original2025,
    bounds: scenes.viewAdded,
    also: ["W29", "W30"],
    pinned: [12_651, 32_342, 36]
  }),
  scope("original2025Moves", {
    about: "The worker of 2025, while a tablet sets out for another node.",
    variant: original2025,
    bounds: scenes.tabletMoves,
    also: ["W4", "W5", "W27"],
    pinned: [10_549, 27_203, 28]
  })
]
