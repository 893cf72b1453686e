/** The museum behind an adapter: the kit knows nothing of a mutant but what it answers. */
import { fileURLToPath } from "node:url"
import type { Museum } from "../../cli/museum-api.ts"
import { programBeside } from "../../package/program.ts"
import { serve } from "../../remote/serve.ts"
import { childDialer } from "../../transport/child-link.ts"
import type { Dialer } from "../../transport/link.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import { museums } from "../index.ts"
import { calling } from "./calling.ts"
import { type Exhibit, nameOf } from "./exhibit.ts"
import { exhibitNamed } from "./exhibits.ts"
import { keptDialer } from "./kept-dialer.ts"

/** How a mutant is reached. */
export type Reach = (exhibit: Exhibit) => Dialer

/** All of them are served by one process. */
export const overStdio = (): Reach => {
  const child = fileURLToPath(programBeside(import.meta.url, "child"))
  // A simulation makes many states in one go, and most of them are kept.
  const dialer = keptDialer(childDialer(`exec '${process.execPath}' --max-semi-space-size=64 '${child}'`))
  return () => dialer
}

/** The same frames within this process. */
export const overMemory = (): Reach => (exhibit) => memoryDialer(exhibit.mutant.id, serve(exhibit.served))

/** The museums that there are in process, reached in some way. */
export const lineMuseums = (reach: Reach): ReadonlyArray<Museum> =>
  museums.map(({ protocol, mutants }) => ({
    protocol,
    mutants,
    run: async (id, { seed }) => {
      const exhibit = exhibitNamed(`${protocol} ${id}`)
      const started = performance.now()
      const result = await exhibit.face(calling(reach(exhibit), nameOf(exhibit)), seed)
      return { ...result, millis: Math.round(performance.now() - started) }
    }
  }))
