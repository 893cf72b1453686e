/** What nodes that look for the group do, and what may go wrong. Source: dossier `raft-upgrade.md` 2.5, 2.6, 2.11. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { ExchangeAnswer, PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { pre } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { outcome } from "../../kernel/role.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type AloneCells, type Disk, type Doing, down, type NodeCells, type WireCells } from "./alone-cells.ts"
import { type DiscoveryBounds, trusting } from "./bounds.ts"
import { beginning, type DiscoveryInput, discovery } from "./discovery.ts"
import { type Discovery, peerList } from "./state.ts"
import type { DiscoveryVariant } from "./variant.ts"

interface Setting {
  readonly cells: AloneCells
  readonly variant: DiscoveryVariant
  readonly bounds: DiscoveryBounds
}

type Firings = ReadonlyArray<Firing<RaftUpgradeLabel>>

const on = rulesOf<RaftUpgradeLabel>()

export const aloneRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { cells, bounds } = setting
  return [
    ...cells.nodes.flatMap((node) => [
      begins(setting, node),
      creates(setting, node),
      stores(setting, node),
      goesRound(setting, node),
      ...(bounds.falls > 0 ? [falls(setting, node)] : [])
    ]),
    ...cells.wires.flatMap((wire) => [
      asks(setting, wire),
      ...(bounds.answers === "later" ? [hears(setting, wire)] : []),
      ...(bounds.losses > 0 ? [loses(setting, wire)] : [])
    ])
  ]
}

/** A node begins, or begins again: it goes on with whom its disk names. */
const begins = ({ variant, bounds }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} begins`,
    { actor: node.name, fair: trusting(bounds, "A8"), reads: [node.doing, node.disk] },
    (doing, disk): Firings => {
      if (doing._tag !== "Down") return []
      const booted: RaftUpgradeLabel = {
        _tag: "Booted",
        node: node.name,
        state: pre,
        found: { state: null, ...disk, history: null, schema: [] }
      }
      if (disk.group !== null) return [{ labels: [booted], writes: [write(node.doing, { _tag: "Joined" })] }]
      const server = serverFor(node, disk, variant, bounds)
      const search = beginning(node.name, server, variant.peersOn === "disk" ? disk.discovery : [], node.seeds, variant)
      return [
        {
          labels: [
            booted,
            ...(server === disk.server ? [] : [{ _tag: "ServerStored" as const, node: node.name, server }]),
            { _tag: "DiscoveryBegan", node: node.name },
            ...storing(node, search.peers, variant)
          ],
          writes: [
            write(node.doing, { _tag: "Looking", search }),
            write(node.disk, { ...disk, server, discovery: variant.peersOn === "disk" ? search.peers : [] })
          ]
        }
      ]
    }
  )

/** A server's identity is made once, unless nothing keeps it. */
const serverFor = (node: NodeCells, { server }: Disk, variant: DiscoveryVariant, bounds: DiscoveryBounds): ServerId => {
  if (server === null) return node.server
  const isKept = variant.server === "kept" && !bounds.without.includes("RU-A1")
  return isKept ? server : ((server + Object.keys(bounds.seeds).length) as ServerId)
}

const storing = (node: NodeCells, peers: PeerList, { peersOn }: DiscoveryVariant): ReadonlyArray<RaftUpgradeLabel> =>
  peersOn === "disk" ? [{ _tag: "PeersStored", node: node.name, peers }] : []

/** Who has the smallest server gives the group a name. */
const creates = ({ bounds, cells }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} creates the group`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.doing, cells.groups] },
    (doing, groups): Firings => {
      if (doing._tag !== "Looking" || !doing.search.leads) return []
      const group = (groups + 1) as GroupId
      return [
        {
          labels: [{ _tag: "Led", node: node.name, group }],
          writes: [write(node.doing, { _tag: "Joining", group }), write(cells.groups, groups + 1)]
        }
      ]
    }
  )

const stores = ({ bounds }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} stores the group`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.doing, node.disk] },
    (doing, disk): Firings =>
      doing._tag === "Joining"
        ? [
            {
              labels: [{ _tag: "GroupStored", node: node.name, group: doing.group }],
              writes: [write(node.doing, { _tag: "Joined" }), write(node.disk, { ...disk, group: doing.group })]
            }
          ]
        : []
  )

/** Nothing is due and nothing awaited: it asks again. */
const goesRound = ({ bounds, cells, variant }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} goes round`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.doing, ...cells.wires.filter(({ from }) => from === node).map(({ answer }) => answer)]
    },
    (doing, ...answers): Firings => {
      if (doing._tag !== "Looking" || doing.search.leads || doing.search.outbox.length > 0) return []
      if (answers.some((answer) => answer !== null)) return []
      const stepped = takes(doing.search, { _tag: "Ticks" }, variant)
      return stepped === undefined ? [] : [{ labels: [], writes: [write(node.doing, looking(stepped.search))] }]
    }
  )

interface Stepped {
  readonly search: Discovery
  readonly stored: PeerList | undefined
  readonly answer: ExchangeAnswer | undefined
}

/** What becomes of a search; undefined where it cannot go on. */
const takes = (search: Discovery, input: DiscoveryInput, variant: DiscoveryVariant): Stepped | undefined => {
  const result = outcome(discovery(search, variant).step(search, input))
  if (result._tag === "Refused") return undefined
  let stored: PeerList | undefined
  let answer: ExchangeAnswer | undefined
  for (const output of result.next.outputs) {
    if (output._tag === "Stores") stored = output.peers
    else answer = output._tag === "SaysNothing" ? { _tag: "None" } : { _tag: "Peers", peers: output.peers }
  }
  return { search: result.next.state, stored, answer }
}

const looking = (search: Discovery): Doing => ({ _tag: "Looking", search })

const stuck = (node: NodeCells, variant: DiscoveryVariant): Firing<RaftUpgradeLabel> => {
  const why = "a peer has two servers"
  const label: RaftUpgradeLabel = {
    _tag: variant.secondServer === "failsTheFiber" ? "FiberFailed" : "Crashed",
    node: node.name,
    why
  }
  return { labels: [label], writes: [write(node.doing, { _tag: "Failed" })] }
}

/** A question and what it is answered with. The one who is asked learns from it, and stores what it learned before it answers. */
const asks = (setting: Setting, { from, to, answer: wire }: WireCells): Rule<RaftUpgradeLabel> => {
  const { bounds, variant } = setting
  return on(
    `${from.name} asks ${to.name}`,
    {
      actor: from.name,
      fair: trusting(bounds, "A9"),
      reads: [from.doing, from.disk, to.doing, to.disk, wire]
    },
    (asking, fromDisk, asked, toDisk, pending): Firings => {
      if (asking._tag !== "Looking" || pending !== null) return []
      const due = asking.search.outbox.find((one) => one.to === to.name)
      if (due === undefined) return []
      const outbox = asking.search.outbox.filter((one) => one !== due)
      const search: Discovery = { ...asking.search, outbox }
      const peers = due.says === "everything" ? peerList(search) : []
      const said: RaftUpgradeLabel = { _tag: "ExchangeAsked", node: from.name, to: to.name, peers }
      const answered = answering(setting, to, asked, toDisk, from.name, peers)
      if (answered === "stuck") {
        const failed = stuck(to, variant)
        return [{ labels: [said, ...failed.labels], writes: [write(from.doing, looking(search)), ...failed.writes] }]
      }
      if (answered === undefined) return [notHeard(setting, from, { ...search }, to.name, [said], [])]
      const labels: ReadonlyArray<RaftUpgradeLabel> = [
        said,
        ...answered.labels,
        { _tag: "ExchangeAnswered", node: to.name, to: from.name, answer: answered.answer }
      ]
      if (bounds.answers === "later")
        return [
          {
            labels,
            writes: [write(from.doing, looking(search)), ...answered.writes, write(wire, answered.answer)]
          }
        ]
      const heard = hearing(setting, from, search, fromDisk, to.name, answered.answer)
      return [{ labels: [...labels, ...heard.labels], writes: [...answered.writes, ...heard.writes] }]
    }
  )
}

interface Answering {
  readonly answer: ExchangeAnswer
  readonly labels: ReadonlyArray<RaftUpgradeLabel>
  readonly writes: ReadonlyArray<Write>
}

/** What a node answers, and what it learns; undefined where it is down. */
const answering = (
  { variant }: Setting,
  node: NodeCells,
  doing: Doing,
  disk: Disk,
  by: NodeId,
  peers: PeerList
): Answering | "stuck" | undefined => {
  const group = groupToTell(doing, disk, variant)
  if (doing._tag === "Down") return undefined
  if (group !== null)
    return {
      answer: { _tag: "Group", group, node: node.name, server: disk.server ?? node.server },
      labels: [],
      writes: []
    }
  if (doing._tag !== "Looking") return { answer: { _tag: "None" }, labels: [], writes: [] }
  const stepped = takes(doing.search, { _tag: "Asked", by, peers }, variant)
  if (stepped === undefined) return "stuck"
  const kept = keeping(node, disk, stepped.stored, variant)
  return {
    answer: stepped.answer ?? { _tag: "None" },
    labels: kept.labels,
    writes: [write(node.doing, looking(stepped.search)), ...kept.writes]
  }
}

const groupToTell = (doing: Doing, { group }: Disk, { reveals }: DiscoveryVariant): GroupId | null =>
  reveals === "onceStarted" && doing._tag === "Joining" ? doing.group : group

const keeping = (
  node: NodeCells,
  disk: Disk,
  stored: PeerList | undefined,
  variant: DiscoveryVariant
): Pick<Answering, "labels" | "writes"> =>
  stored === undefined || variant.peersOn === "memory"
    ? { labels: [], writes: [] }
    : { labels: storing(node, stored, variant), writes: [write(node.disk, { ...disk, discovery: stored })] }

/** An answer comes. Who hears of a group stops looking. */
const hears = (setting: Setting, { from, to, answer }: WireCells): Rule<RaftUpgradeLabel> =>
  on(
    `${from.name} hears ${to.name}`,
    { actor: from.name, fair: trusting(setting.bounds, "A9"), reads: [from.doing, from.disk, answer] },
    (doing, disk, heard): Firings => {
      if (heard === null) return []
      if (doing._tag !== "Looking") return [{ labels: [], writes: [write(answer, null)] }]
      const { labels, writes } = hearing(setting, from, doing.search, disk, to.name, heard)
      return [{ labels, writes: [...writes, write(answer, null)] }]
    }
  )

const hearing = (
  setting: Setting,
  node: NodeCells,
  search: Discovery,
  disk: Disk,
  of: NodeId,
  answer: ExchangeAnswer
): Firing<RaftUpgradeLabel> => {
  const heard: RaftUpgradeLabel = { _tag: "ExchangeHeard", node: node.name, of, answer }
  switch (answer._tag) {
    case "Group":
      return {
        labels: [heard, { _tag: "GroupFound", node: node.name, group: answer.group, via: of }],
        writes: [write(node.doing, { _tag: "Joining", group: answer.group })]
      }
    case "None":
      return notHeard(setting, node, search, of, [heard], [])
    case "Peers": {
      const stepped = takes(search, { _tag: "Answered", by: of, peers: answer.peers }, setting.variant)
      if (stepped === undefined) {
        const failed = stuck(node, setting.variant)
        return { labels: [heard, ...failed.labels], writes: failed.writes }
      }
      const kept = keeping(node, disk, stepped.stored, setting.variant)
      return {
        labels: [heard, ...kept.labels],
        writes: [write(node.doing, looking(stepped.search)), ...kept.writes]
      }
    }
  }
}

/** A question came to nothing, or its answer was nothing. */
const notHeard = (
  { variant }: Setting,
  node: NodeCells,
  search: Discovery,
  of: NodeId,
  labels: ReadonlyArray<RaftUpgradeLabel>,
  writes: ReadonlyArray<Write>
): Firing<RaftUpgradeLabel> => {
  const stepped = takes(search, { _tag: "Failed", to: of }, variant)
  return { labels, writes: [write(node.doing, looking(stepped?.search ?? search)), ...writes] }
}

const loses = (setting: Setting, { from, to, answer }: WireCells): Rule<RaftUpgradeLabel> =>
  on(
    `${to.name}'s answer to ${from.name} is lost`,
    { actor: "network", fair: "none", reads: [from.doing, answer, setting.cells.mayLose] },
    (doing, pending, left): Firings => {
      if (pending === null || left === 0) return []
      const lost = [write(answer, null), write(setting.cells.mayLose, "spend")]
      const heard: RaftUpgradeLabel = { _tag: "ExchangeHeard", node: from.name, of: to.name, answer: null }
      return doing._tag === "Looking"
        ? [notHeard(setting, from, doing.search, to.name, [heard], lost)]
        : [{ labels: [], writes: lost }]
    }
  )

/** A node falls, and with it everything that is not on its disk, and whatever it was waiting for. */
const falls = ({ cells }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} falls`,
    { actor: "fault", fair: "none", reads: [node.doing, cells.mayFall] },
    (doing, left): Firings =>
      doing._tag === "Down" || left === 0
        ? []
        : [
            {
              labels: [{ _tag: "Stopped", node: node.name }],
              writes: [
                write(node.doing, down),
                write(cells.mayFall, "spend"),
                ...cells.wires.filter(({ from }) => from === node).map(({ answer }) => write(answer, null))
              ]
            }
          ]
  )
