/**
 * Conditional writes: three rounds of Paxos, all routed by the version that the coordinating node holds from the first to the last.
 *
 * They begin as other requests do, and go to whom writes go to; in each round as many have to say yes as for a write. One
 * that was outbid, or that has found what another left unfinished and has finished that, fails: its client may ask again.
 * Source: dossier sessions 2.7; service/storage_proxy.cc cas, get_paxos_participants.
 */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { type Conditional, proposed } from "./conditional-state.ts"
import { tabletName } from "./names.ts"
import { type Request, rowOf } from "./request-state.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>
type RequestCells = ClusterCells["requests"][number]

export const conditionalRules = (cells: ClusterCells, own: RequestCells): ReadonlyArray<Rule<ClusterLabel>> => [
  ...cells.nodes.flatMap((node) => [proposes(cells, own, node), teaches(cells, own, node)]),
  succeeds(own)
]

/** A request that a node coordinates and that enough have said yes to in a round, while it holds the version still. */
const isReady = (
  { phase, by, version, told, served, needs, conditional }: Request,
  round: Conditional["round"],
  node: NodeCells,
  pins: ReadonlyArray<number>
): boolean =>
  phase === "going" &&
  told === null &&
  conditional?.round === round &&
  served >= needs &&
  by === node.name &&
  pins.includes(version!)

const held = (node: NodeCells) => view(node.shards[0]!.shard, "held", ({ pins }) => pins)

/** The next round begins, and nobody waits for answers of the last. */
const goesOn = (
  cells: ClusterCells,
  own: RequestCells,
  request: Request,
  conditional: Conditional
): ReadonlyArray<Write> => {
  const { round, targets, row } = conditional
  const [number, version] = [own.number, request.version!]
  return [
    write(own.request, { ...request, waiting: targets, served: 0, conditional }),
    ...targets.map((to) =>
      push(cells.nodes.find(({ name }) => name === to)!.mail, {
        _tag: "Request",
        request: number,
        version,
        tablet: tabletName,
        row: null,
        paxos: { round, ballot: number, row }
      })
    )
  ]
}

/** Enough have promised: the node knows what there is, and proposes. */
const proposes = (cells: ClusterCells, own: RequestCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} proposes request ${own.number}`,
    { actor: node.name, fair: "weak", reads: [own.request, held(node)] },
    (request, pins): Firings =>
      isReady(request, "prepare", node, pins)
        ? [
            {
              labels: [],
              writes: goesOn(
                cells,
                own,
                request,
                proposed(request.conditional!, request.found, rowOf(request, own.number)!)
              )
            }
          ]
        : []
  )

/** Enough have accepted: it is decided, and the replicas are told so. */
const teaches = (cells: ClusterCells, own: RequestCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} has decided request ${own.number}`,
    { actor: node.name, fair: "weak", reads: [own.request, held(node)] },
    (request, pins): Firings =>
      isReady(request, "accept", node, pins)
        ? [{ labels: [], writes: goesOn(cells, own, request, { ...request.conditional!, round: "learn" }) }]
        : []
  )

/** Enough have learned: the client is told whether it was its write. Upstream it does not wait for that if it was not. */
const succeeds = (own: RequestCells): Rule<ClusterLabel> =>
  on(
    `conditional request ${own.number} succeeds`,
    { actor: "client", fair: "weak", reads: [own.request] },
    (request): Firings => {
      const { phase, told, served, needs, found, conditional } = request
      if (phase !== "going" || told !== null || conditional?.round !== "learn" || served < needs) return []
      const ok = !conditional.others
      const rows = ok && found !== null ? [found] : []
      const applied = ok ? { applied: conditional.row?.timestamp === rowOf(request, own.number)!.timestamp } : {}
      return [
        {
          labels: [{ _tag: "RequestEnded", request: own.id, ok, rows, ...applied }],
          writes: [write(own.request, { ...request, told: ok ? "ok" : "failed" })]
        }
      ]
    }
  )
