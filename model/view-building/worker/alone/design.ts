/** The designs of one worker as it is seen from outside: what it does, and in which order where nobody says. */
import { reference as referenceWorker, asShipped as shippedWorker, type WorkerVariant } from "../variant.ts"

export interface AloneDesign {
  readonly worker: WorkerVariant
  /** Who gets the mutex next, and whether a batch tries before that: anybody, or who came first and the batch last. */
  readonly order: "any" | "ofComing"
  /**
   * What an attempt does while a task of its batch is gone and the observer has not dropped it: it waits for that, tries what is
   * left, or either.
   */
  readonly goneTask: "awaited" | "ignored" | "either"
  /** When an attempt to build ends whose batch was aborted: once its view replicas have answered, or it gives up, or either. */
  readonly aborted: "awaits" | "either"
}

/** All that the dossier allows. */
export const reference: AloneDesign = { worker: referenceWorker, order: "any", goneTask: "either", aborted: "either" }

/** One of these, to the letter: first come, first served, and nothing is given up that was sent. */
export const inOrder: AloneDesign = {
  worker: referenceWorker,
  order: "ofComing",
  goneTask: "ignored",
  aborted: "awaits"
}

/** What scylladb ships (HEAD `f4a4091ca2`), as the dossier reads it; its mutex is first come, first served. */
export const asShipped: AloneDesign = {
  worker: shippedWorker,
  order: "ofComing",
  goneTask: "ignored",
  aborted: "awaits"
}

export const designNames = ["reference", "inOrder", "asShipped"] as const
export type DesignName = (typeof designNames)[number]

export const aloneDesigns: Readonly<Record<DesignName, AloneDesign>> = { reference, inOrder, asShipped }
