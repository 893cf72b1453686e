/** What may be said to a cluster in a conversation. */
import type { InjectionName } from "../../../../impl/raft-upgrade/injections.ts"
import type { Cluster } from "../../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Edit } from "../../../../spec/raft-upgrade/messages.ts"
import { TalkProblem } from "../../../talk/deeds.ts"
import { answers } from "./questions.test-support.ts"
import type { TalkCluster } from "./talk-cluster.test-support.ts"

interface Command {
  readonly form: RegExp
  readonly act: (talk: TalkCluster, ...words: ReadonlyArray<string>) => Promise<void>
}

/** Places to stop at, by what stands before or behind them. */
const places: Readonly<Record<string, InjectionName>> = {
  "before the dry run": "group0_upgrade_pause_before_dry_run",
  "before discovery": "group0_upgrade_pause_before_discovery",
  "after discovery": "group0_upgrade_pause_after_discovery",
  "after its rows": "group0_upgrade_pause_after_storage",
  "after its server": "group0_upgrade_pause_after_server",
  "after it was added": "group0_upgrade_pause_after_added",
  "after the name": "group0_upgrade_pause_after_stored",
  "before synchronize": "group0_upgrade_pause_before_synchronize",
  "between disk and memory": "group0_upgrade_pause_between_disk_and_memory",
  "in synchronize": "group0_upgrade_pause_in_synchronize",
  "before the second sync": "group0_upgrade_pause_before_second_sync",
  "before the end": "group0_upgrade_pause_before_final",
  "before the ring": "stop_before_joining_ring",
  "before the vote": "stop_before_becoming_raft_voter",
  "after the ring": "remove_node_pause_after_ring",
  "before pushing": "schema_change_pause_before_push"
}

const failures: Readonly<Record<string, InjectionName>> = {
  "before synchronize": "group0_upgrade_before_synchronize"
}

/** Kinds of messages that may be lost. */
const kinds: Readonly<Record<string, string>> = {
  pushes: "DefinitionsUpdate",
  commands: "Append",
  exchanges: "PeerExchange",
  states: "GetUpgradeState",
  versions: "SchemaCheck"
}

const edits: Readonly<Record<string, Edit>> = {
  "write recovery": { _tag: "WriteState", text: "recovery" },
  "erase group": { _tag: "EraseGroup" },
  "erase discovery": { _tag: "EraseDiscovery" },
  "erase history": { _tag: "EraseHistory" },
  "delete state": { _tag: "DeleteState" }
}

const among = <Value>(all: Readonly<Record<string, Value>>, name = ""): Value => {
  const one = all[name]
  if (one === undefined) throw new TalkProblem(`"${name}" is none of ${Object.keys(all).join(", ")}`)
  return one
}

/** Something that is over before the next line is said. */
const done = (
  form: RegExp,
  deed: (cluster: Cluster, ...words: ReadonlyArray<string>) => Promise<unknown>
): Command => ({
  form,
  act: async ({ cluster }, _, ...words) => {
    await deed(cluster, ...words)
    await cluster.flush()
  }
})

/** The same for each of some nodes. */
const each = (
  form: RegExp,
  deed: (cluster: Cluster, name: string, ...words: ReadonlyArray<string>) => Promise<unknown>
): Command =>
  done(form, async (cluster, names = "", ...words) => {
    for (const name of names.split(" ")) await deed(cluster, name, ...words)
  })

/** What a client of a node is told of a change. */
const changed = async (cluster: Cluster, mutation = "", at = ""): Promise<string> => {
  const outcome = await cluster.change(at, mutation)
  return outcome._tag === "Done" ? "is done" : `is refused: ${outcome.reason}`
}

/** Something that may take its time. */
const said = (
  form: RegExp,
  deed: (cluster: Cluster, ...words: ReadonlyArray<string>) => Promise<string | undefined>
): Command => ({
  form,
  act: (talk, line = "", ...words) => talk.perform(line, (cluster) => deed(cluster, ...words))
})

/** Something that is done at once, and nobody waits for. */
const told = (form: RegExp, deed: (talk: TalkCluster, ...words: ReadonlyArray<string>) => void): Command => ({
  form,
  act: async (talk, _, ...words) => deed(talk, ...words)
})

const commands: ReadonlyArray<Command> = [
  {
    form: /^cluster ([A-Z ]+?)(, without group 0)?$/,
    act: (talk, _, nodes = "", without) => talk.begin(nodes.split(" "), (without ?? "") === "")
  },
  told(/^be brief$/, (talk) => talk.beBrief(true)),
  told(/^tell all$/, (talk) => talk.beBrief(false)),
  told(/^tell of (\w+)$/, (talk, kind = "") => talk.tellOf(kind)),
  // ---- nodes
  each(/^start ([A-Z ]+)$/, (cluster, name) => cluster.boot(name)),
  each(/^kill ([A-Z ]+)$/, (cluster, name) => cluster.crash(name)),
  each(/^restart ([A-Z ]+)$/, (cluster, name) => cluster.restart(name)),
  each(/^restart ([A-Z ]+) with group 0$/, (cluster, name) => cluster.restart(name, { supports: true })),
  each(/^([A-Z ]+) (?:is|are) lost for good$/, (cluster, name) => cluster.lose(name)),
  done(/^add (\w) by ([A-Z ]+)$/, (cluster, name = "", contacts = "") => cluster.add(name, ...contacts.split(" "))),
  told(/^prepare (\w) by ([A-Z ]+)$/, ({ cluster }, name = "", contacts = "") => {
    cluster.prepare(name, ...contacts.split(" "))
  }),
  told(/^separate (\w) (\w)$/, ({ cluster }, one = "", other = "") => cluster.separate(one, other)),
  told(/^reunite (\w) (\w)$/, ({ cluster }, one = "", other = "") => cluster.reunite(one, other)),
  told(/^lose (\w+) to (\w)$/, ({ cluster }, kind, to = "") => cluster.loses(among(kinds, kind), to, true)),
  told(/^lose no (\w+) to (\w)$/, ({ cluster }, kind, to = "") => cluster.loses(among(kinds, kind), to, false)),
  // ---- clients
  said(/^change (\w+) at (\w)$/, (cluster, mutation, at) => changed(cluster, mutation, at)),
  said(/^change (\w+) at (\w) and (\w+) at (\w)$/, async (cluster, one, at, other, there) =>
    (await Promise.all([changed(cluster, one, at), changed(cluster, other, there)])).join(", ")
  ),
  // ---- the operator
  said(/^decommission (\w)$/, async (cluster, name = "") => {
    await cluster.on(name).operator.decommission()
    return undefined
  }),
  said(/^remove (\w) by (\w)$/, async (cluster, dead = "", by = "") => {
    await cluster.on(by).operator.remove(cluster.id(dead))
    return undefined
  }),
  done(/^(write recovery|erase \w+|delete state) at ([A-Z ]+)$/, async (cluster, what, names = "") => {
    for (const name of names.split(" ")) await cluster.edit(name, among(edits, what))
  }),
  // ---- places
  told(/^pause (.+?) at ([A-Z ]+)$/, (talk, place, names = "") =>
    talk.place(among(places, place), names.split(" "), "on")
  ),
  told(/^go on (.+?) at ([A-Z ]+)$/, (talk, place, names = "") =>
    talk.place(among(places, place), names.split(" "), "off")
  ),
  told(/^fail (.+?) at ([A-Z ]+) once$/, (talk, place, names = "") =>
    talk.place(among(failures, place), names.split(" "), "once")
  ),
  // ---- time
  { form: /^(\d+) s pass$/, act: (talk, _, seconds) => talk.cluster.pass(1_000 * Number(seconds)) },
  {
    form: /^until ([A-Z ]+) (?:has|have) arrived$/,
    act: (talk, line = "", names = "") => talk.until(line, (cluster) => cluster.hasArrived(...names.split(" ")))
  },
  {
    form: /^until ([A-Z ]+) waits? (.+)$/,
    act: (talk, line = "", names = "", place) =>
      talk.until(line, (cluster) =>
        names.split(" ").every((name) => cluster.member(name).injections.reached(among(places, place)) > 0)
      )
  },
  {
    form: /^until ([A-Z ]+) (?:has|have) (\w+)$/,
    act: (talk, line = "", names = "", mutation) =>
      talk.until(line, (cluster) =>
        names.split(" ").every((name) => cluster.schema(name).some((one) => one === mutation))
      )
  }
]

/** Does what a line says, or answers what it asks. Throws `TalkProblem` where it says nothing, or what cannot be done. */
export const say = async (talk: TalkCluster, line: string): Promise<ReadonlyArray<string>> => {
  for (const { form, answer } of answers) {
    const words = form.exec(line)
    if (words !== null) return answer(talk.cluster, ...words.slice(1))
  }
  for (const { form, act } of commands) {
    const words = form.exec(line)
    if (words === null) continue
    await act(talk, ...words)
    return talk.news()
  }
  throw new TalkProblem(`"${line}" says nothing to a cluster`)
}
