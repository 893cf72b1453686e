/** What may be said to a cluster in a conversation. */

import type { InjectionName } from "../../../../impl/view-building/injections.ts"
import { NodeId, type Replica, sameReplica } from "../../../../spec/metadata.ts"
import { SstableId, TableId, ViewId } from "../../../../spec/view-building/ids.ts"
import { tableOf, tabletNamed } from "../../../../spec/view-building/metadata.ts"
import { TalkProblem } from "../../../talk/deeds.ts"
import { answers } from "./questions.test-support.ts"
import type { TalkCluster } from "./talk-cluster.test-support.ts"
import { at, tablet, token } from "./twin.test-support.ts"

interface Command {
  readonly form: RegExp
  readonly act: (talk: TalkCluster, ...words: ReadonlyArray<string>) => Promise<void>
}

/** Places to stop or fail at, by what stops there. */
const places: Readonly<Record<string, InjectionName>> = {
  tasks: "view_building_worker_pause_build_range_task",
  observer: "view_building_worker_pause_state_observer",
  registrator: "view_building_worker_pause_before_starting_staging_registrator",
  flush: "view_building_worker_pause_after_flush_before_recording_flushed_views",
  "main loop": "view_building_coordinator_pause_main_loop",
  sleep: "view_building_coordinator_wait_before_await_event",
  "view updates": "view_update_generator_pause_before_processing",
  stream: "stream_tablet_wait",
  cleanup: "cleanup_tablet_wait",
  "end of migration": "handle_tablet_migration_end_migration",
  resize: "tablet_resize_finalization_post_barrier",
  applying: "group0_state_machine::delay_apply"
}

const failures: Readonly<Record<string, InjectionName>> = {
  builds: "do_build_range_fail",
  "view writes": "view_building_failure",
  "view updates": "view_update_generator_consume_staging_sstable",
  generator: "view_update_generator_stop",
  streams: "stream_tablet_fail",
  streaming: "stream_tablet_move_to_cleanup"
}

const placeIn = (all: Readonly<Record<string, InjectionName>>, name = ""): InjectionName => {
  const place = all[name]
  if (place === undefined) throw new TalkProblem(`"${name}" is none of ${Object.keys(all).join(", ")}`)
  return place
}

const nodesNamed = ({ cluster }: TalkCluster, text: string | undefined): ReadonlyArray<string> =>
  text === undefined || text === "" ? cluster.state.nodes : text.split(" ")

const base = (name = ""): TableId => TableId.make(name)
const view = (name = ""): ViewId => ViewId.make(name)

const operator = ({ cluster }: TalkCluster) => cluster.on(cluster.group0.leadership.leader ?? "A").operator

const replicasOf = ({ cluster }: TalkCluster, name: string, last: string): ReadonlyArray<Replica> => {
  const found = tabletNamed(tableOf(cluster.state, base(name)), token(Number(last)))
  if (found === undefined) throw new TalkProblem(`${name} has no tablet ${last}`)
  return found.replicas
}

const move = (talk: TalkCluster, last: string, name: string, from: string | undefined, to: string | undefined) => {
  const leaving = from === undefined ? undefined : at(from)
  const pending = to === undefined ? [] : [at(to)]
  const replicas = replicasOf(talk, name, last)
  const stays = replicas.filter((replica) => leaving === undefined || !sameReplica(replica, leaving))
  const kind =
    leaving === undefined || to === undefined
      ? "rebuild"
      : leaving.node === at(to).node
        ? "intranode_migration"
        : "migration"
  return operator(talk).move(base(name), token(Number(last)), [...pending, ...stays], kind)
}

const said = (
  form: RegExp,
  deed: (talk: TalkCluster, ...words: ReadonlyArray<string>) => Promise<unknown>
): Command => ({
  form,
  act: (talk, line = "", ...words) => talk.perform(line, () => deed(talk, ...words))
})

const commands: ReadonlyArray<Command> = [
  { form: /^cluster ([A-Z ]+)$/, act: (talk, _, nodes = "") => talk.begin(nodes.split(" ")) },
  { form: /^be brief$/, act: async (talk) => talk.beBrief() },
  { form: /^tell of (\w+)$/, act: async (talk, _, kind = "") => talk.tellOf(kind) },
  // ---- the schema
  // table t: 4 on A.0 B.0; 9 on B.1 C.0
  said(/^table (\w+): (.+)$/, (talk, name, tablets = "") =>
    operator(talk).createTable(
      base(name),
      tablets.split("; ").map((text) => {
        const [last = "", where = ""] = text.split(" on ")
        return tablet(Number(last), ...where.split(" "))
      })
    )
  ),
  said(/^create view (\w+) on (\w+)$/, (talk, name, of) => operator(talk).createView(base(of), view(name))),
  said(/^create view (\w+) on (\w+), which is empty$/, (talk, name, of) =>
    operator(talk).createView(base(of), view(name), true)
  ),
  said(/^drop view (\w+)$/, (talk, name) => operator(talk).dropView(view(name))),
  said(/^drop table (\w+)$/, (talk, name) => operator(talk).dropTable(base(name))),
  said(/^drop keyspace of ([\w ]+)$/, (talk, names = "") => operator(talk).dropKeyspace(names.split(" ").map(base))),
  said(/^truncate (\w+)$/, (talk, name) => operator(talk).truncate(base(name))),
  // ---- rows
  said(
    /^write (\w+)=(\w+) to (\w+) at (\d+)(?: through (\w+))?$/,
    (talk, key = "", value = "", to = "", where, by = "A") =>
      talk.cluster.on(by || "A").clients.write(base(to), talk.row(key, value, Number(where)))
  ),
  said(/^delete (\w+) of (\w+) at (\d+)$/, (talk, key = "", of = "", where) =>
    talk.cluster.on("A").clients.write(base(of), talk.row(key, null, Number(where)))
  ),
  said(/^load (\w+)=(\w+) into (\w+) at (\d+) on (\w)$/, (talk, key = "", value = "", to = "", where, on = "") =>
    talk.cluster.on(on).load(base(to), talk.row(key, value, Number(where)))
  ),
  said(/^load deletion of (\w+) into (\w+) at (\d+) on (\w)$/, (talk, key = "", to = "", where, on = "") =>
    talk.cluster.on(on).load(base(to), talk.row(key, null, Number(where)))
  ),
  said(/^rewrite (\S+) on (\S+) as (\S+)$/, (talk, old = "", on = "", fresh = "") =>
    talk.cluster.on(at(on).node).rewrite(at(on).shard, SstableId.make(old), SstableId.make(fresh))
  ),
  // ---- tablets
  said(/^move (\d+) of (\w+) from (\S+) to (\S+)$/, (talk, last = "", of = "", from, to) =>
    move(talk, last, of, from, to)
  ),
  said(/^add (\S+) to (\d+) of (\w+)$/, (talk, to, last = "", of = "") => move(talk, last, of, undefined, to)),
  said(/^remove (\S+) from (\d+) of (\w+)$/, (talk, from, last = "", of = "") => move(talk, last, of, from, undefined)),
  said(/^(split|merge) (\w+)$/, (talk, how = "", of) =>
    operator(talk).resize(base(of), how === "split" ? "split" : "merge")
  ),
  // ---- nodes
  said(/^join (\w)$/, async (talk, name = "") => {
    talk.cluster.boot(name)
    await operator(talk).join(NodeId.make(name))
  }),
  said(/^take (\w) out$/, (talk, name = "") => operator(talk).drain(NodeId.make(name))),
  said(/^let (\w) go$/, async (talk, name = "") => {
    await operator(talk).leave(NodeId.make(name))
    await talk.cluster.crash(name)
  }),
  said(/^drain the worker of (\w)$/, (talk, name = "") => talk.cluster.on(name).drain()),
  said(/^leader (\w)$/, (talk, name = "") => talk.cluster.elect(name)),
  said(/^kill (\w)$/, (talk, name = "") => talk.cluster.crash(name)),
  said(/^start (\w)$/, async (talk, name = "") => talk.cluster.revive(name)),
  said(/^(\w) is (up|down)$/, async (talk, name = "", how) => talk.cluster.mark(name, how === "up")),
  said(/^break (\w) (\w)$/, async (talk, from = "", to = "") =>
    talk.cluster.network.kill(NodeId.make(from), NodeId.make(to))
  ),
  // ---- places
  said(/^pause ([a-z ]+?)(?: at ([A-Z ]+))?$/, async (talk, place, where) =>
    talk.place(placeIn(places, place), nodesNamed(talk, where), "on")
  ),
  said(/^go on with ([a-z ]+?)(?: at ([A-Z ]+))?$/, async (talk, place, where) =>
    talk.place(placeIn(places, place), nodesNamed(talk, where), "off")
  ),
  said(/^fail ([a-z ]+?) no more(?: at ([A-Z ]+))?$/, async (talk, place, where) =>
    talk.place(placeIn(failures, place), nodesNamed(talk, where), "off")
  ),
  said(/^fail ([a-z ]+?)(?: at ([A-Z ]+?))?( once)?$/, async (talk, place, where, once) =>
    talk.place(placeIn(failures, place), nodesNamed(talk, where), once ? "once" : "on")
  ),
  // ---- time
  { form: /^(\d+) ms pass$/, act: (talk, _, ms) => talk.cluster.pass(Number(ms)) },
  {
    form: /^until (\w+) is built$/,
    act: (talk, line = "", name) => talk.until(line, (cluster) => cluster.isBuilt(view(name)))
  },
  {
    form: /^until (\d+) of (\w+) is settled$/,
    act: (talk, line = "", last, of) => talk.until(line, (cluster) => cluster.stage(Number(last), base(of)) === null)
  },
  {
    form: /^until (\d+) of (\w+) is in (\w+)$/,
    act: (talk, line = "", last, of, stage) =>
      talk.until(line, (cluster) => cluster.stage(Number(last), base(of)) === stage)
  },
  { form: /^until all is done$/, act: (talk, line = "") => talk.until(line) }
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
