/** Our DCP implementations, each in its role, its way and its environment. */
import { type Bounds, maybeClose, setup, shutConnection, small, takeover } from "../../model/dcp/bounds.ts"
import { laws } from "../../spec/dcp/laws.ts"
import { consumerAdapter } from "../adapters/dcp-consumer.ts"
import { pairAdapter } from "../adapters/dcp-pair.ts"
import { producerAdapter } from "../adapters/dcp-producer.ts"
import { ourWireAdapter } from "../adapters/dcp-wire/our-wire.ts"
import { reportedDivergence } from "../kit/dcp/dcp-divergence.ts"
import {
  checkDcp,
  type DcpAdapter,
  type DcpGround,
  type DcpResult,
  type DcpSetting,
  dcpGround,
  dcpToken,
  replayDcp
} from "../kit/dcp/dcp-roles.ts"
import type { Replay } from "../kit/token.ts"
import type { Divergence } from "../report/divergence.ts"
import { checkSetting } from "./dcp-setting.ts"
import type { CheckEffort, CheckedRow, ReplayedRole, RoleCheck } from "./role-check.ts"

/** Every request, over two vBuckets: enough for one stream to disturb the set-up of another. */
const bounds: Bounds = {
  ...small,
  vbuckets: 2,
  calls: 6,
  requests: [setup(0, 1), setup(0), setup(), takeover(0), maybeClose(0), shutConnection],
  overlap: true,
  breaks: 2,
  chunk: 3
}

const alone: DcpSetting = { environment: "alone", variant: "reference", bounds }
export const inPair: DcpSetting = { environment: "pair", variant: "reference", bounds }

/** Without its protocol, which has a column of its own. */
const shortRole = (adapter: DcpAdapter): string => adapter.role.slice("dcp/".length)

/** A role of DCP played by one adapter in one setting. */
export const dcpCheck = (adapter: DcpAdapter, environment: string, setting: DcpSetting, runs: number): RoleCheck => {
  let ground: DcpGround | undefined
  return {
    protocol: "dcp",
    role: shortRole(adapter),
    environment,
    way: adapter.way,
    implementation: adapter.name,
    runs,
    check: async (effort) => {
      ground ??= dcpGround(adapter.role, setting)
      return row(await checkDcp(adapter, ground, kitOptions(effort, adapter.way)), environment, setting)
    },
    replay: (replay) => replayed(replay, adapter)
  }
}

const kitOptions = ({ seed, runs, interrupted, onProgress }: CheckEffort, way: string) => ({
  seed,
  runs,
  interrupted,
  onProgress: (progress: { readonly runs: number; readonly commands: number }) =>
    onProgress(progress.runs, progress.commands),
  // Each attempt to shorten a story costs a handshake there; what fast-check leaves is made 1-minimal anyway.
  shrink: way !== "wire"
})

const row = (result: DcpResult, environment: string, setting: DcpSetting): CheckedRow => {
  const { protocol, way, runs, commands, trouble } = result
  const divergences = divergencesOf(result, dcpToken(result, setting))
  return {
    protocol,
    role: [result.role.slice("dcp/".length), environment].filter((word) => word !== "").join(" "),
    way,
    runs,
    commands,
    laws: result.laws.map(({ id, verdict }) => ({ id, verdict })),
    verdict: result.verdict === "pass" && divergences.length > 0 ? "fail" : result.verdict,
    divergences,
    ...(trouble === undefined ? {} : { trouble })
  }
}

/** The kit's divergence, and laws that implementation and model agree in breaking. */
const divergencesOf = (result: DcpResult, token: string | undefined): ReadonlyArray<Divergence> => {
  const { implementation, role } = result
  const parted = result.divergence === undefined ? [] : [reportedDivergence(result.divergence, token)]
  const broken = result.laws.flatMap(({ id, why, story }): ReadonlyArray<Divergence> => {
    const law = laws.find((one) => one.id === id)
    if (law === undefined || story === undefined) return []
    const { sentence } = law
    return [{ implementation, role, relation: "laws", story, expected: [], actual: [], law: { id, sentence, why } }]
  })
  return [...parted, ...broken]
}

const replayed = async (replay: Replay, adapter: DcpAdapter): Promise<ReplayedRole> => {
  const result = await replayDcp({ ...replay, setting: checkSetting(replay.setting) }, adapter)
  switch (result._tag) {
    case "Same":
    case "Otherwise":
      return { _tag: "Diverged", same: result._tag === "Same", divergence: reportedDivergence(result.divergence) }
    case "Agreed":
      return { _tag: "Agreed" }
    case "Impossible":
      return { _tag: "Impossible", why: `the model does not allow step ${result.position}, ${result.rule}` }
    case "Trouble":
      return { _tag: "Trouble", why: result.error instanceof Error ? result.error.message : String(result.error) }
  }
}

export const dcpChecks: ReadonlyArray<RoleCheck> = [
  dcpCheck(consumerAdapter(), "alone", alone, 1_000),
  dcpCheck(consumerAdapter(), "in a pair", inPair, 1_000),
  dcpCheck(producerAdapter(), "alone", alone, 1_000),
  dcpCheck(producerAdapter(), "in a pair", inPair, 1_000),
  dcpCheck(pairAdapter(), "", inPair, 2_000),
  dcpCheck(ourWireAdapter(), "", inPair, 100)
]
