/** How schemas are brought together (U4, U8): ask everybody for a version, and take in what differs. Source: dossier 2.8. */
import type { Version } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { write } from "../../kernel/cell.ts"
import type { Firing, Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import { isOfGroup0, merged, type NodeCells, type Sampled, versionOf } from "./cells.ts"
import { between } from "./cut-rules.ts"
import { afterFirstSync, ended, failing, toPost } from "./fiber.ts"
import { asksNobody, neededToAsk } from "./reach-rules.ts"
import { awaited, type Firings, knownMembers, on, othersOf, type Setting } from "./setting.ts"

export const syncRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.cells.nodes.flatMap((node) => [
    ...othersOf(setting, node).flatMap((peer) =>
      [samples(setting, node, peer), pulls(setting, node, peer)].map((rule) => between(setting, node, peer, rule))
    ),
    compares(setting, node)
  ])

/** What a node says that its schema is known by. What group 0 has named once may go by that name for good. */
const knownBy = ({ variant }: Setting, schema: SchemaSet): Version => {
  const ofGroup0 = variant.versions === "asNamedByGroup0" ? schema.filter(isOfGroup0) : []
  return versionOf(ofGroup0.length === 0 ? schema : ofGroup0)
}

const samples = (setting: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> => {
  const needed = neededToAsk(setting, node)
  return on(
    `${node.name} asks ${peer.name} for its version`,
    {
      actor: node.name,
      fair: trusting(setting.bounds, "A9"),
      reads: [
        node.fiber,
        node.raft,
        setting.cells.groups,
        peer.life,
        peer.schema,
        peer.gossiped,
        ...needed.map((one) => one.life)
      ]
    },
    (fiber, raft, groups, life, schema, gossiped, ...lives): Firings => {
      if (fiber?.at !== "firstSync" && fiber?.at !== "secondSync") return []
      if (lives.some(({ is }) => is !== "up") && asksNobody(fiber, setting.variant)) return []
      if (life.is !== "up" || fiber.versions.some((one) => one.node === peer.name)) return []
      if (!knownMembers(groups, raft, node.name).includes(peer.name)) return []
      const version = setting.variant.secondSync === "byGossip" ? gossiped : knownBy(setting, schema)
      const versions = [...fiber.versions, { node: peer.name, version }].sort((one, other) =>
        one.node < other.node ? -1 : 1
      )
      return [
        {
          labels: [{ _tag: "VersionHeard", node: node.name, of: peer.name, version }],
          writes: [write(node.fiber, { ...fiber, versions })]
        }
      ]
    }
  )
}

/** All have told their versions. Where none differs from its own it is done, and else it takes in the others' schemas. */
const compares = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${node.name} compares versions`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.raft, cells.groups, node.schema, node.ring]
    },
    (fiber, raft, groups, schema, ring): Firings => {
      if (fiber?.at !== "firstSync" && fiber?.at !== "secondSync") return []
      const members = awaited(setting, ring, knownMembers(groups, raft, node.name))
      const isWhole = members.every((member) => fiber.versions.some((one) => one.node === member))
      if (!isWhole && variant.secondSync !== "despiteFailures") return []
      const own = knownBy(setting, schema)
      const left = fiber.versions.filter(({ version }) => version !== own).map((one) => one.node)
      if (left.length > 0 && variant.secondSync !== "marksAsDone") {
        const at = fiber.at === "firstSync" ? "firstPull" : "secondPull"
        return [{ labels: [], writes: [write(node.fiber, { at, left, versions: kept(fiber.versions, setting) })] }]
      }
      return [fiber.at === "firstSync" ? afterFirstSync(node) : toPost(node, ended(node, "secondSync"))]
    }
  )
}

/** It takes in another's schema; who is gone by now is asked again in the next round. */
const pulls = (setting: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} pulls the schema of ${peer.name}`,
    {
      actor: node.name,
      fair: trusting(setting.bounds, "A9"),
      reads: [node.fiber, node.schema, peer.life, peer.schema, setting.cells.mayFailToPull]
    },
    (fiber, schema, life, theirs, mayFail): Firings => {
      if ((fiber?.at !== "firstPull" && fiber?.at !== "secondPull") || !fiber.left.includes(peer.name)) return []
      const left = fiber.left.filter((name) => name !== peer.name)
      const at = fiber.at === "firstPull" ? "firstSync" : "secondSync"
      const next =
        left.length === 0 ? write(node.fiber, { at, versions: fiber.versions }) : write(node.fiber, { ...fiber, left })
      if (life.is !== "up") return [{ labels: [], writes: [next] }]
      const both = merged(schema, theirs)
      return [
        {
          labels: [{ _tag: "SchemaIs", node: node.name, by: "sync", schema: both, version: versionOf(both) }],
          writes: [write(node.schema, both), next]
        },
        ...(mayFail === 0 ? [] : [fails(setting, node, fiber.at)])
      ]
    }
  )

/** A schema that cannot be merged, which an operator has to repair. A design may take it for one that was. */
const fails = (
  { cells, variant }: Setting,
  node: NodeCells,
  at: "firstPull" | "secondPull"
): Firing<RaftUpgradeLabel> => {
  const next =
    variant.fatalPull === "failsTheFiber"
      ? failing(node, "a schema cannot be merged")
      : at === "firstPull"
        ? afterFirstSync(node)
        : toPost(node, ended(node, "secondSync"))
  return { labels: next.labels, writes: [write(cells.mayFailToPull, "spend"), ...next.writes] }
}

/** What was sampled before is of no use after a pull. */
const kept = (versions: ReadonlyArray<Sampled>, { variant }: Setting): ReadonlyArray<Sampled> =>
  variant.secondSync === "keepsVersions" ? versions : []
