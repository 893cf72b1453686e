/** Our DCP implementations, each in its role, its way and its environment. */
import { type Bounds, maybeClose, setup, shutConnection, small, takeover } from "../../model/dcp/bounds.ts"
import { laws } from "../../spec/dcp/laws.ts"
import { consumerAdapter } from "../adapters/dcp-consumer.ts"
import { pairAdapter } from "../adapters/dcp-pair.ts"
import { producerAdapter } from "../adapters/dcp-producer.ts"
import { ourWireAdapter } from "../adapters/dcp-wire/our-wire.ts"
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
import { checkSetting } from "./dcp-setting.ts"
import type { CheckEffort, CheckedRow, ReplayedRole, RoleCheck } from "./role-check.ts"
import { replayedRole, roleRow, walksOf } from "./role-row.ts"

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

const kitOptions = (effort: CheckEffort, way: string) => ({
  ...walksOf(effort),
  // Each attempt to shorten a story costs a handshake there; what fast-check leaves is made 1-minimal anyway.
  shrink: way !== "wire"
})

const row = (result: DcpResult, environment: string, setting: DcpSetting): CheckedRow =>
  roleRow(result, environment, laws, dcpToken(result, setting))

const replayed = async (replay: Replay, adapter: DcpAdapter): Promise<ReplayedRole> => {
  const result = await replayDcp({ ...replay, setting: checkSetting(replay.setting) }, adapter)
  return replayedRole(result, laws)
}

export const dcpChecks: ReadonlyArray<RoleCheck> = [
  dcpCheck(consumerAdapter(), "alone", alone, 1_000),
  dcpCheck(consumerAdapter(), "in a pair", inPair, 1_000),
  dcpCheck(producerAdapter(), "alone", alone, 1_000),
  dcpCheck(producerAdapter(), "in a pair", inPair, 1_000),
  dcpCheck(pairAdapter(), "", inPair, 2_000),
  dcpCheck(ourWireAdapter(), "", inPair, 100)
]
