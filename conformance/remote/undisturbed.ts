/** Whether an implementation goes on after a disturbance as if there had been none. */
import type { Reaction } from "../kit/role-under-test.ts"
import { type Capabilities, hasFault } from "../protocol/capabilities.ts"
import { AdapterTrouble } from "./adapter-trouble.ts"
import { type Disturbance, disturbances, networkFaults } from "./disturbances.ts"
import type { DisturbedSession } from "./remote-adapter.ts"
import type { Finding } from "./remote-result.ts"
import { differenceOf } from "./repeats.ts"
import type { TraceRunner } from "./trace-runner.ts"
import type { Transcript } from "./transcript.ts"

/** What is known of a walk that was disturbed. */
type Disturbed =
  | { readonly _tag: "Same" }
  /** Why nobody can compare. */
  | { readonly _tag: "Open"; readonly why: string }
  | { readonly _tag: "Different"; readonly why: string }

/** What each disturbance has changed, for those that the adapter can make happen. Rejects with `AdapterTrouble`. */
export const undisturbed = async <L, I, O, V>(
  runner: TraceRunner<L, I, O, V>,
  caps: Capabilities,
  examples: ReadonlyArray<Transcript<I, O, V>>,
  interrupted: () => boolean
): Promise<ReadonlyArray<Finding>> => {
  const findings: Array<Finding> = []
  for (const disturbance of disturbances) {
    const { what } = disturbance
    const missing = disturbance.missing(caps)
    if (missing !== undefined) findings.push(notApplicable(what, `the adapter has no capability ${missing}`))
    else if (examples.length < 2)
      findings.push(notApplicable(what, "there are no two walks that have to go the same way twice"))
    else findings.push({ what, ...(await new Trial(runner, disturbance, examples).verdict(interrupted)) })
  }
  return [...findings, network(caps)]
}

const notApplicable = (what: string, why: string): Finding => ({ what, verdict: "not-applicable", why })

/** No role that is known here is of more than one node. */
const network = (caps: Capabilities): Finding => {
  const known = networkFaults.filter((kind) => hasFault(caps, kind))
  return notApplicable(
    "network",
    known.length === 0
      ? `the adapter has no capability fault with ${networkFaults.join(", ")}`
      : `the role is of one node, which has no network for capability fault with ${known.join(", ")}`
  )
}

class Trial<L, I, O, V> {
  private readonly runner: TraceRunner<L, I, O, V>
  private readonly disturbance: Disturbance
  private readonly examples: ReadonlyArray<Transcript<I, O, V>>

  constructor(runner: TraceRunner<L, I, O, V>, disturbance: Disturbance, examples: ReadonlyArray<Transcript<I, O, V>>) {
    this.runner = runner
    this.disturbance = disturbance
    this.examples = examples
  }

  /** Every walk is taken behind the one before it, because a single one may begin by closing whatever there was. */
  async verdict(interrupted: () => boolean): Promise<Omit<Finding, "what">> {
    let compared = 0
    for (const [at, example] of this.examples.entries()) {
      if (interrupted()) break
      const before = this.examples.at(at - 1)!
      const first = await this.disturbed(before, example)
      if (first._tag === "Open") return { verdict: "unknown", why: first.why }
      if (first._tag === "Different") return await this.confirmed(before, example, first.why)
      compared++
    }
    return compared > 0 ? { verdict: "pass" } : { verdict: "unknown", why: "it was stopped" }
  }

  /** A difference is the disturbance's where it shows again with it, and does not show without it. */
  private async confirmed(
    before: Transcript<I, O, V>,
    example: Transcript<I, O, V>,
    why: string
  ): Promise<Omit<Finding, "what">> {
    const undisturbed = differenceOf(example, await this.runner.run(example.inputs))
    if (undisturbed !== undefined) return { verdict: "nondeterministic", why: undisturbed }
    const again = await this.disturbed(before, example)
    return again._tag === "Different" ? { verdict: "fail", why } : { verdict: "flaky", why: `once, ${why}` }
  }

  private async disturbed(before: Transcript<I, O, V>, example: Transcript<I, O, V>): Promise<Disturbed> {
    const { between, told } = this.disturbance
    const session = await this.runner.start()
    const half = between ? 0 : Math.ceil(example.inputs.length / 2)
    const reactions: Array<Reaction<O, V>> = []
    if (between) for (const input of before.inputs) await session.input(input)
    for (const input of example.inputs.slice(0, half)) reactions.push(await session.input(input))
    const trouble = await this.disturb(session)
    if (trouble !== undefined) return trouble
    for (const input of example.inputs.slice(half)) {
      try {
        reactions.push(await session.input(input))
      } catch (error) {
        // It was asked the same before, and could make something of it then.
        if (!(error instanceof AdapterTrouble) || error.kind !== "fault") throw error
        return different(`${told}, ${error.message} at input ${reactions.length + 1}, ${JSON.stringify(input)}`)
      }
      if (reactions.at(-1)?.doubt !== undefined) break
    }
    const open = reactions.find(({ doubt }) => doubt !== undefined)?.doubt
    if (open !== undefined) return { _tag: "Open", why: `${told}, ${open.why}` }
    const difference = differenceOf(example, { inputs: example.inputs, reactions, hung: false })
    return difference === undefined ? { _tag: "Same" } : different(`${told}, ${difference}`)
  }

  /** Nothing where everything has happened, and nothing came of it. */
  private async disturb(session: DisturbedSession<I, O, V>): Promise<Disturbed | undefined> {
    for (const { name, mayTell, take } of this.disturbance.steps) {
      const moved = await take(session)
      if (moved._tag === "Doubtful")
        return { _tag: "Open", why: `it is not known whether it has happened: ${moved.why}` }
      if (!mayTell && moved.outputs.length > 0) return different(`${name} led to ${JSON.stringify(moved.outputs)}`)
    }
    return undefined
  }
}

const different = (why: string): Disturbed => ({ _tag: "Different", why })
