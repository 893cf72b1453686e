/** The museums that there are. */
import type { Museum } from "./museum-api.ts"

export const museums: ReadonlyArray<Museum> = []
