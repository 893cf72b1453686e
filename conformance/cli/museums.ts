/** The museums that there are. */
import { museums } from "../museum/index.ts"
import { lineMuseums, overStdio } from "../museum/line/museum.ts"
import type { Museum } from "./museum-api.ts"

export { museums }

/** Mutants behind an adapter, in another process, each beside what the battery in process makes of it. */
export const museumsOverStdio = (): ReadonlyArray<Museum> => {
  const behind = lineMuseums(overStdio())
  return behind.map((museum, at): Museum => {
    return {
      ...museum,
      run: async (id, options) => {
        const result = await museum.run(id, options)
        const { verdict, law } = await museums[at]!.run(id, options)
        return { ...result, inProcess: { verdict, law } }
      }
    }
  })
}
