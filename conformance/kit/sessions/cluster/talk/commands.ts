/** What may be said to a cluster in a conversation, one line each. */
import { RequestId } from "../../../../../spec/sessions/messages.ts"
import { NodeId, TabletId } from "../../../../../spec/sessions/metadata.ts"
import { replicaAt } from "../cluster-setups.ts"
import type { Deed, Order } from "../cluster-under-test.ts"
import { answers } from "./questions.ts"
import { type TalkCluster, TalkProblem } from "./talk-cluster.ts"

/** A form of line, and what is done when one has it. */
interface Command {
  readonly form: RegExp
  readonly act: (cluster: TalkCluster, ...words: ReadonlyArray<string>) => Promise<void>
}

const node = (name = ""): NodeId => NodeId.make(name)
const tablet = (name = ""): TabletId => TabletId.make(name)

const deed = (form: RegExp, of: (cluster: TalkCluster, ...words: ReadonlyArray<string>) => Deed): Command => ({
  form,
  act: (cluster, ...words) => cluster.run.perform(of(cluster, ...words))
})

/** Orders are given to the leader. */
const order = (form: RegExp, of: (...words: ReadonlyArray<string>) => Order): Command =>
  deed(form, (cluster, ...words) => ({ _tag: "Order", at: cluster.run.leader, order: of(...words) }))

const write = (cluster: TalkCluster, key = "", value: string | null = null, at = "", name = ""): Deed => {
  const { run } = cluster
  const request = RequestId.make(`w${++run.requests}`)
  const row = { key, timestamp: ++run.timestamp, value }
  return { _tag: "Ask", at: node(at), ask: { _tag: "Write", request, tablet: tablet(name), row } }
}

const commands: ReadonlyArray<Command> = [
  // cluster A B C: t1 on A.0 B.0; t2 on C.1
  {
    form: /^cluster ([A-Z ]+): (.+?)(?: streamed as (files|mutations))?$/,
    act: (cluster, nodes = "", tablets = "", path = "mutations") => cluster.begin(nodes, tablets, path)
  },
  { form: /^be brief$/, act: async (cluster) => cluster.beBrief() },
  // ---- orders and requests
  order(/^move (\w+) from (\S+) to (\S+)$/, (name, from = "", to = "") => ({
    _tag: "Migrate",
    tablet: tablet(name),
    from: replicaAt(from),
    to: replicaAt(to)
  })),
  order(/^repair (\w+)$/, (name) => ({ _tag: "Repair", tablet: tablet(name) })),
  order(/^restore (\w+)$/, (name) => ({ _tag: "Restore", tablet: tablet(name) })),
  order(/^truncate (\w+)$/, (name) => ({ _tag: "Truncate", tablet: tablet(name) })),
  order(/^declare (\w+) dead$/, (name) => ({ _tag: "Exclude", node: node(name) })),
  {
    // Only tombstones that a repair has brought everywhere may be purged, and nobody but the operator knows of that.
    form: /^purge (\w+) everywhere$/,
    act: async ({ run }, name) => {
      const before = run.purgeable(tablet(name))
      if (before === undefined) throw new TalkProblem(`no repair has brought every tombstone of ${name} everywhere`)
      for (const at of run.up)
        await run.perform({ _tag: "Order", at, order: { _tag: "Purge", tablet: tablet(name), before } })
    }
  },
  deed(/^write (\w+)=(\w+) to (\w+) at (\w+)$/, (cluster, key, value = "", name, at) =>
    write(cluster, key, value, at, name)
  ),
  deed(/^delete (\w+) of (\w+) at (\w+)$/, (cluster, key, name, at) => write(cluster, key, null, at, name)),
  deed(/^read (\w+) of (\w+) at (\w+)$/, ({ run }, key = "", name, at) => ({
    _tag: "Ask",
    at: node(at),
    ask: { _tag: "Read", request: RequestId.make(`r${++run.requests}`), tablet: tablet(name), key }
  })),
  // ---- faults
  deed(/^break (\w+) (\w+)$/, (_, from, to) => ({ _tag: "BreakConnection", from: node(from), to: node(to) })),
  deed(/^crash (\w+)$/, (_, name) => ({ _tag: "Crash", node: node(name) })),
  deed(/^boot (\w+)$/, (_, name) => ({ _tag: "Boot", node: node(name) })),
  deed(/^elect (\w+)$/, (_, name) => ({ _tag: "Elect", node: node(name) })),
  deed(/^stop (\S+) at (\w+)$/, (_, place = "", at) => ({ _tag: "Pause", node: node(at), place })),
  deed(/^stop (\S+) at (\w+) once$/, (_, place = "", at) => ({ _tag: "Fail", node: node(at), place })),
  deed(/^go on (\S+) at (\w+)$/, (_, place = "", at) => ({ _tag: "Resume", node: node(at), place })),
  deed(/^fail (\S+) at (\w+)$/, (_, place = "", at) => ({ _tag: "Fail", node: node(at), place })),
  deed(/^fail (\S+) at (\w+) from now on$/, (_, place = "", at) => ({ _tag: "FailAlways", node: node(at), place })),
  deed(/^fail (\S+) at (\w+) no more$/, (_, place = "", at) => ({ _tag: "Unfail", node: node(at), place })),
  // ---- what happens next
  { form: /^hold "(.+)"$/, act: async (cluster, name = "") => void cluster.run.held.add(cluster.event(name).id) },
  {
    form: /^late "(.+)"$/,
    act: (cluster, name = "") => cluster.run.happen(cluster.event(name, cluster.run.aside), "deliver")
  },
  { form: /^all is done$/, act: (cluster) => cluster.quiet() },
  {
    form: /^time passes$/,
    act: async (cluster) => {
      await cluster.run.perform({ _tag: "PassTime", milliseconds: 1000 })
      await cluster.quiet()
    }
  },
  {
    form: /^until "(.+)"$/,
    act: (cluster, name = "") =>
      cluster.until(`"${name}" waits`, () => cluster.run.ready.some((event) => event.name === name))
  },
  {
    form: /^until (\w+) in (\w+)$/,
    act: (cluster, name, stage = "") => cluster.until(`${name} is in ${stage}`, () => stageOf(cluster, name) === stage)
  },
  {
    form: /^until all is idle$/,
    act: (cluster) => cluster.until("all is idle", () => cluster.isQuiet && cluster.run.isIdle())
  },
  {
    form: /^until (\w+) is idle$/,
    act: (cluster, name) => cluster.until(`${name} is idle`, () => cluster.isQuiet && stageOf(cluster, name) === "-")
  }
]

const stageOf = ({ run }: TalkCluster, name = ""): string =>
  run.metadata.tablets.find((known) => known.tablet === name)?.transition?.stage ?? "-"

/** Does what a line says, or answers what it asks. Throws `TalkProblem` where it says nothing, or what cannot be done. */
export const say = async (cluster: TalkCluster, line: string): Promise<ReadonlyArray<string>> => {
  for (const { form, answer } of answers) {
    const words = form.exec(line)
    if (words !== null) return answer(cluster.run, ...words.slice(1))
  }
  for (const { form, act } of commands) {
    const words = form.exec(line)
    if (words === null) continue
    await act(cluster, ...words.slice(1))
    return cluster.isThere ? cluster.news() : []
  }
  throw new TalkProblem(`"${line}" says nothing to a cluster`)
}
