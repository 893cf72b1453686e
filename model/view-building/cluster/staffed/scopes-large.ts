/**
 * Several things at once in a cluster with workers as they are: too large to be seen to the end each time, so a sample is.
 *
 * The first is seen whole by `explore --max-states`: 624,558 states. Of the others nobody has seen the end.
 */
import { settled } from "../grounds.ts"
import { scope } from "../scope.ts"
import { migrated, staffed, staged } from "./grounds.ts"

const sample = { states: 20_000, walks: 20, steps: 1_000 }

export const largeScopes = [
  scope("failoverAndRestart", {
    about: "Two nodes, two shards, two tablets, two views: a coordinator and a worker are lost.",
    bounds: { ...staffed, ...settled, failovers: 1, restarts: 1 },
    sample,
    pinned: [20_001, 57_369, 20]
  }),
  scope("failoverAndMigration", {
    about: "Two nodes, two shards, two tablets, two views: a new coordinator takes over while a tablet moves.",
    bounds: { ...staffed, ...settled, ...migrated, failovers: 1 },
    sample,
    pinned: [20_000, 56_308, 19]
  }),
  scope("failoverAndStaging", {
    about: "Two nodes, two shards, two tablets, two views: a new coordinator takes over with an sstable in staging.",
    bounds: { ...staffed, ...settled, ...staged, failovers: 1 },
    sample,
    pinned: [20_000, 56_221, 20]
  }),
  scope("migrationAndStaging", {
    about: "Two nodes, two shards, two tablets, two views: a tablet moves with an sstable in staging.",
    bounds: { ...staffed, ...settled, ...migrated, ...staged },
    sample,
    pinned: [20_000, 51_390, 22]
  }),
  scope("whole", {
    about:
      "Two nodes, two shards, two tablets, two views: one migration, one failover, one restart, one staging sstable.",
    bounds: { ...staffed, ...settled, ...migrated, ...staged, failovers: 1, restarts: 1 },
    sample,
    pinned: [20_000, 53_552, 15]
  })
]
