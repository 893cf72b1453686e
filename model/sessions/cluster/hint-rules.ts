/**
 * Hints: a write that did not reach a replica is kept by the node that coordinates it, and sent again later.
 *
 * The dossier names no more than their verb, which is fenced. The rest is read from db/hints/internal/hint_sender.cc: a hint
 * is routed by the metadata of the moment at which it is sent, has that version for its token, and goes to the replica that it
 * was kept for, or to all of them if that is none any more. It is on disk, and survives a restart.
 */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { Version } from "../../../spec/sessions/metadata.ts"
import { view, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type Bounds, trusting } from "./bounds.ts"
import { type ClusterCells, type NodeCells, phaseOf } from "./cells.ts"
import { type Hint, hintId } from "./hints.ts"
import { arrived } from "./mail.ts"
import { tabletName } from "./names.ts"
import { tabletOf } from "./operations.ts"
import { routing, rowOf } from "./request-state.ts"
import { pinning, unpinning } from "./shard.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>
type HintCells = NonNullable<ClusterCells["hint"]>

/** What happens to hints that are kept. */
export const hintRules = (cells: ClusterCells, variant: Variant, bounds: Bounds): ReadonlyArray<Rule<ClusterLabel>> =>
  ofHint(cells, (own) => cells.nodes.flatMap((node) => [sends(cells, variant, own, node), ends(bounds, own, node)]))

/** How hints come about: a fault, for what was sent to the replica is lost. */
export const keepingRules = (cells: ClusterCells): ReadonlyArray<Rule<ClusterLabel>> =>
  ofHint(cells, (own) =>
    cells.nodes.flatMap((node) => othersThan(cells, node).map((to) => keeps(cells, own, node, to)))
  )

/** A node does not lose what it sends to itself. */
const othersThan = ({ nodes }: ClusterCells, node: NodeCells): ReadonlyArray<NodeCells> =>
  nodes.filter((other) => other !== node)

const ofHint = (
  { hint }: ClusterCells,
  rules: (own: HintCells) => ReadonlyArray<Rule<ClusterLabel>>
): ReadonlyArray<Rule<ClusterLabel>> => (hint === null ? [] : rules(hint))

/** A write is lost on its way to a replica, which will not answer in time: the coordinating node keeps a hint. Of a conditional write none is kept. */
const keeps = (cells: ClusterCells, own: HintCells, node: NodeCells, to: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} keeps a hint for ${to.name}`,
    {
      actor: "network",
      fair: "none",
      reads: [own.hint, arrived(to, "Request"), ...cells.requests.map(({ request }) => request)]
    },
    (hint, mail, ...requests): Firings =>
      hint.phase !== "new"
        ? []
        : mail.flatMap(({ message, position }) => {
            const [k, request] = [message.request - 1, requests[message.request - 1]]
            if (request === undefined || request.by !== node.name || message.row === null) return []
            const kept: Hint = { ...hint, phase: "kept", of: message.request, by: node.name, to: to.name }
            return [
              {
                labels: [{ _tag: "ConnectionBroke", from: node.name, to: to.name }],
                writes: [
                  remove(to.mail, position),
                  write(cells.requests[k]!.request, { from: to.name, reason: "Disconnected", rows: [] }),
                  write(own.hint, kept)
                ]
              }
            ]
          })
  )

/** The token of a request that nobody compares with the fence. */
const unfenced = Version.make(0)

/** Whom a hint goes to, as the node sees it now. */
const targetsOf = (replicas: ReadonlyArray<string>, { to }: Hint): ReadonlyArray<string> =>
  replicas.some((name) => name === to) ? [to!] : [...new Set(replicas)]

/** The node takes hold of its metadata, and sends what it has kept as a request of its own. */
const sends = (cells: ClusterCells, variant: Variant, own: HintCells, node: NodeCells): Rule<ClusterLabel> => {
  const up = view(node.node, "up", (state) => state.up)
  return on(
    `${node.name} sends a hint`,
    { actor: node.name, fair: "weak", reads: [own.hint, up, node.shards[0]!.shard, ...cells.requests.map(phaseOf)] },
    (hint, alive, shard, ...phases): Firings => {
      if (hint.phase !== "kept" || hint.by !== node.name || !alive || !shard.loaded) return []
      // It was refused under that version, and would be again.
      if (hint.version === shard.metadata.version || phases[hint.of! - 1] !== "over") return []
      const tablet = tabletOf(shard.metadata, tabletName)
      if (tablet === undefined) return []
      const { version, ignored } = shard.metadata
      const written = cells.requests[hint.of! - 1]!
      const row = rowOf(written.request.init, hint.of!)!
      const replicas = routing(variant, tablet, "write").targets.map((replica) => replica.node)
      const to = cells.nodes.filter(({ name }) => targetsOf(replicas, hint).includes(name) && !ignored.includes(name))
      if (to.length === 0) return []
      const tries = hint.tries + 1
      const targets = to.map(({ name }) => name)
      return [
        {
          labels: [
            {
              _tag: "RequestBegan",
              request: hintId(tries),
              node: node.name,
              version,
              tablet: tabletName,
              key: row.key,
              row,
              targets,
              hint: written.id
            }
          ],
          writes: [
            write(own.hint, {
              ...hint,
              phase: "going",
              version,
              waiting: targets,
              served: 0,
              needs: targets.length,
              tries
            }),
            write(node.shards[0]!.shard, pinning(shard, version)),
            ...to.map(({ mail }) =>
              push(mail, {
                _tag: "Request",
                request: cells.requests.length + tries,
                version: variant.hintToken === "ofSending" ? version : unfenced,
                tablet: tabletName,
                row
              })
            )
          ]
        }
      ]
    }
  )
}

/**
 * A hint is delivered and forgotten, or kept for another try.
 *
 * The node gives up one that is not answered in time: how often it tries makes no difference, and here it has one try.
 */
const ends = (bounds: Bounds, own: HintCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} ends a hint`,
    { actor: node.name, fair: trusting(bounds, "F3"), reads: [own.hint, node.shards[0]!.shard] },
    (hint, shard): Firings => {
      if (hint.phase !== "going" || hint.by !== node.name) return []
      const ok = hint.served >= hint.needs
      const holds = shard.pins.includes(hint.version!)
      const again = !ok && (hint.waiting.length === 0 || !holds)
      if (!ok && !again && bounds.patient === true) return []
      return [
        {
          labels: [{ _tag: "RequestEnded", request: hintId(hint.tries), ok, rows: [] }],
          writes: [
            write(own.hint, {
              ...hint,
              phase: again ? "kept" : "over",
              version: holds ? hint.version : null,
              waiting: []
            }),
            ...(holds ? [write(node.shards[0]!.shard, unpinning(shard, hint.version!))] : [])
          ]
        }
      ]
    }
  )
