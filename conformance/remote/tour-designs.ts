/** The tours of a check: of the designs that explain an implementation so far, until one of them explains all of it. */
import { Course } from "./course.ts"
import type { TourFinding, VariantFinding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import { told } from "./shortest.ts"
import { type RemoteTourOptions, tourRemote } from "./tour-remote.ts"
import type { TraceRunner } from "./trace-runner.ts"

/** What tours came to. */
export interface Toured<L, O> {
  /** The last of them; nothing where no design is left to be toured. */
  readonly tour?: TourFinding<L, O>
  readonly variants: ReadonlyArray<VariantFinding<L, O>>
  readonly traces: number
  readonly inputs: number
}

/**
 * Tours the last design that is left, and where the implementation parts from it, the one before: walks may not have come to
 * where it is of another design. Its story is told of the first design, which is the last to be toured.
 *
 * A story is made short by asking again, and what does not show again is flaky. Rejects with `AdapterTrouble`.
 */
export const tourDesigns = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  findings: ReadonlyArray<VariantFinding<L, O>>,
  runner: TraceRunner<L, I, O, V>,
  implementation: string,
  options: RemoteTourOptions
): Promise<Toured<L, O>> => {
  let variants = findings
  let traces = 0
  let inputs = 0
  const left = role.variants.filter(({ name }) => findings.some((one) => one.name === name && one.verdict !== "fail"))
  for (const { name, bounded } of left.toReversed()) {
    const graph = bounded()
    const { steps, divergence, ...tour } = await tourRemote(role, graph, runner, implementation, options)
    traces += tour.traces
    inputs += tour.inputs
    if (steps === undefined || divergence === undefined)
      return { tour: { ...tour, variant: name }, variants, traces, inputs }
    const found = { course: new Course(graph, role.part), steps, shows: divergence }
    const finding = await told(role, runner, implementation, found)
    if (finding.verdict === "flaky" || name === left[0]?.name)
      return { tour: { ...tour, ...finding, variant: name }, variants, traces, inputs }
    variants = variants.map((one) => (one.name === name ? { ...one, ...finding } : one))
  }
  return { variants, traces, inputs }
}
