import type { TabletOptions } from "../changes/tablets.ts"

/** Where the reference does other than what scylladb ships, as data. Source: dossier `view-building.md` 5b, by the number given. */
export interface CoordinatorOptions extends TabletOptions {
  /**
   * What the main loop hears of while it is awake (M44): everything, or only that a call has ended. A command that is applied, or
   * a host that comes up, between the look and the sleep is lost to it otherwise.
   */
  readonly hears: "everything" | "callsOnly"
  /** What becomes of staging tasks as their table is dropped (M40). */
  readonly dropTable: "taken" | "leaves"
}

/** Holds every law. */
export const reference: CoordinatorOptions = {
  hears: "everything",
  rollsBack: "thisTablet",
  pendingStaging: "dropped",
  dropTable: "taken"
}

/** What scylladb ships (HEAD `f4a4091ca2`), as the dossier reads it. */
export const asShipped: CoordinatorOptions = {
  hears: "callsOnly",
  rollsBack: "everyTablet",
  pendingStaging: "kept",
  dropTable: "leaves"
}
