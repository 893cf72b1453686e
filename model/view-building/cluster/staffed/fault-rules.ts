/** Nodes restart, or go down and come back, and calls to whoever has fallen break off. */
import { SstableId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import { view, type Write, write } from "../../../kernel/cell.ts"
import { remove } from "../../../kernel/channel.ts"
import type { Rule } from "../../../kernel/system.ts"
import { falling, found, stagingOf, told } from "../../worker/discovery.ts"
import type { Site } from "../../worker/site.ts"
import { trusting } from "../bounds.ts"
import type { CoordinatorCells } from "../cells.ts"
import { lost } from "../fault-rules.ts"
import { posting } from "../mailbox.ts"
import { type Firings, on, type Setting } from "../setting.ts"
import type { WorkerNode, WorkerShard } from "./cells.ts"

export const faultRules = (setting: Setting, site: Site, node: WorkerNode): ReadonlyArray<Rule<ViewBuildingLabel>> => {
  const { restarts: times, downs } = setting.bounds
  const breaking = node.shards.flatMap((shard) =>
    setting.cells.coordinators.map((own) => breaksOff(setting, own, node, shard))
  )
  const { rewrites } = setting.bounds
  return [
    ...(rewrites > 0 ? node.shards.map((shard) => isRewritten(setting, site, shard)) : []),
    ...(times > 0 ? [restarts(setting, site, node)] : []),
    ...(downs > 0 ? [goesDown(setting, node), comesBack(setting, site, node)] : []),
    ...(times + downs > 0 ? breaking : [])
  ]
}

/** A staging sstable is written anew, as it was. Not while an attempt reads it, for that has a reference. */
const isRewritten = ({ cells }: Setting, { node, variant }: Site, own: WorkerShard): Rule<ViewBuildingLabel> =>
  on(
    `an sstable is written anew on ${own.place}`,
    {
      actor: "storage",
      fair: "none",
      reads: [cells.mayRewrite, stagingOf(own), view(own.shard, "read", ({ batch }) => batch?.attempt?.sstables ?? [])]
    },
    (left, staging, read): Firings =>
      staging.flatMap(({ sstable }) => {
        if (left === 0 || read.includes(sstable)) return []
        const rewrites = { sstable, by: SstableId.make(`${sstable}+`) }
        const known: ReadonlyArray<Write> =
          variant.rewrites === "followed" ? [write(node, { rewrites }), write(own.shard, { rewrites })] : []
        return [
          {
            labels: [{ _tag: "SstableReplaced", ...own.replica, ...rewrites }],
            writes: [write(own.store, { rewrites }), ...known, write(cells.mayRewrite, "spend")]
          }
        ]
      })
  )

const restarts = ({ cells }: Setting, site: Site, { name, up, shards }: WorkerNode): Rule<ViewBuildingLabel> =>
  on(
    `${name} restarts`,
    { actor: "fault", fair: "none", reads: [cells.mayRestart, up, site.known, ...shards.map(stagingOf)] },
    (left, isUp, known, ...staging): Firings => {
      if (left === 0 || !isUp) return []
      const all = found(site, known, staging)
      return [
        {
          labels: [{ _tag: "Stopped", node: name }, ...told(site, all)],
          writes: [...falling(site, all), write(cells.mayRestart, "spend")]
        }
      ]
    }
  )

const goesDown = ({ cells }: Setting, { name, node, up, shards }: WorkerNode): Rule<ViewBuildingLabel> =>
  on(
    `${name} goes down`,
    { actor: "fault", fair: "none", reads: [cells.mayGoDown, up] },
    (left, isUp): Firings =>
      left === 0 || !isUp
        ? []
        : [
            {
              labels: [{ _tag: "Stopped", node: name }],
              writes: [
                write(node, "goesDown"),
                ...shards.flatMap(
                  ({ shard, store }): ReadonlyArray<Write> => [write(shard, "falls"), write(store, "falls")]
                ),
                write(cells.mayGoDown, "spend")
              ]
            }
          ]
  )

const comesBack = ({ bounds }: Setting, site: Site, { name, up, shards }: WorkerNode): Rule<ViewBuildingLabel> =>
  on(
    `${name} comes back`,
    { actor: name, fair: trusting(bounds, "F2"), reads: [up, site.known, ...shards.map(stagingOf)] },
    (isUp, known, ...staging): Firings => {
      if (isUp) return []
      const all = found(site, known, staging)
      return [{ labels: told(site, all), writes: falling(site, all) }]
    }
  )

/** A call that is neither on its way, nor on its shard, nor answered has fallen with the node; one to a node that is down will not be taken. */
const breaksOff = (
  { bounds }: Setting,
  own: CoordinatorCells,
  { up }: WorkerNode,
  { calls, place, replica, shard }: WorkerShard
): Rule<ViewBuildingLabel> =>
  on(
    `calls of coordinator ${own.term} to ${place} break off`,
    {
      actor: "network",
      fair: trusting(bounds, "F9"),
      reads: [
        view(own.state, `out to ${place}`, (now) =>
          (now?.calls ?? [])
            .filter(
              (call) =>
                call.phase === "out" && call.replica.node === replica.node && call.replica.shard === replica.shard
            )
            .map(({ call }) => call)
        ),
        own.answers.letters,
        calls,
        view(shard, "calls in hand", (now) => now.calls.map(({ call }) => call)),
        up
      ]
    },
    (out, letters, mail, inHand, isUp): Firings =>
      out.flatMap((call) => {
        if (inHand.includes(call) || letters.some((one) => one.call === call)) return []
        const position = mail.findIndex((one) => one.call === call && one.term === own.term)
        if (position >= 0 && isUp) return []
        const writes: ReadonlyArray<Write> = position >= 0 ? [remove(calls, position)] : []
        return [{ labels: [], writes: [posting(own.answers, { replica, call, answer: lost }), ...writes] }]
      })
  )
