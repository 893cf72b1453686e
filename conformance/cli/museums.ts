/** The museums that there are. */
import { lineMuseums, overStdio } from "../museum/line/museum.ts"
import type { Museum } from "./museum-api.ts"

export { museums } from "../museum/index.ts"

/** Mutants behind adapters, each in a process of its own. */
export const museumsOverStdio = (): ReadonlyArray<Museum> => lineMuseums(overStdio)
