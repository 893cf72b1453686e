/**
 * Session fencing: a coordinator streams writes to replicas in sessions, and when a session ends, a barrier makes sure that
 * no write of it can still land.
 *
 * The scale test of the explorer: small rules, millions of states, and counts on which Spin, TLC and this explorer agree.
 */
import { always } from "../../spec/law.ts"
import { budget, type Cell, type Read, register, view, type Write, write } from "../kernel/cell.ts"
import { moved, renaming } from "../kernel/symmetry.ts"
import { type Firing, type Rule, rulesOf, type System } from "../kernel/system.ts"

/** Nobody outside looks: the law speaks about states alone. */
export type FencingLabel = never

/** The bounds, and whether the barrier handler forgets to wait for the writes that it must fence. */
export interface FencingScope {
  readonly replicas: number
  readonly sessions: number
  readonly barrierForgetsToWait?: boolean
}

interface Coordinator {
  readonly stage: "none" | "opened" | "streaming" | "closing" | "complete"
  /** The latest session. */
  readonly session: number
  /** Length of the metadata log: a session is opened by entry 2s - 1 and closed by entry 2s. */
  readonly version: number
  /** Which replicas have answered the barrier of the session. */
  readonly acked: ReadonlyArray<boolean>
}

interface Replica {
  /** How much of the metadata log is applied. */
  readonly applied: number
  /** Writes by session that passed the check and will land. */
  readonly guards: ReadonlyArray<number>
  /** Writes by session on their way to this replica. */
  readonly wire: ReadonlyArray<number>
  /** The session whose barrier is asked for, on its way here; 0 if none. */
  readonly request: number
  /** The session whose barrier is answered, on its way back; 0 if none. */
  readonly answer: number
  /** The session of the write that landed last. */
  readonly landed: number
}

const mostOnTheWire = 2
const mostGuards = 2

const rule = rulesOf<FencingLabel>()

const then = (...writes: ReadonlyArray<Write>): ReadonlyArray<Firing<FencingLabel>> => [{ labels: [], writes }]
const disabled: ReadonlyArray<Firing<FencingLabel>> = []

const add = (numbers: ReadonlyArray<number>, session: number, by: number): ReadonlyArray<number> =>
  numbers.with(session - 1, (numbers[session - 1] ?? 0) + by)
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, number) => all + number, 0)

export const sessionFencing = (scope: FencingScope): System<FencingLabel> => {
  const everyReplica = Array.from({ length: scope.replicas }, (_, index) => index)
  const everySession = Array.from({ length: scope.sessions }, (_, index) => index + 1)
  const nobody = everyReplica.map(() => false)
  const noWrites = everySession.map(() => 0)

  const coordinator = register<Coordinator>("coordinator", { stage: "none", session: 0, version: 0, acked: nobody })
  const replicas = everyReplica.map((index) =>
    register<Replica>(`replica ${index}`, {
      applied: 0,
      guards: noWrites,
      wire: noWrites,
      request: 0,
      answer: 0,
      landed: 0
    })
  )
  const losses = budget("losses", 1)
  const failovers = budget("failovers", 1)
  const streamFailures = budget("stream failures", 1)

  const applied = replicas.map((cell) => view(cell, "applied", (replica) => replica.applied))
  const onTheWire = replicas.map((cell) => view(cell, "on the wire", (replica) => sum(replica.wire)))
  const guards = replicas.map((cell) => view(cell, "guards", (replica) => replica.guards))
  const quiet = replicas.map((cell) =>
    view(cell, "quiet", ({ guards, wire }) => everySession.map((s) => guards[s - 1] === 0 && wire[s - 1] === 0))
  )
  const completed = view(coordinator, "completed", ({ stage, session }) =>
    stage === "none" || stage === "complete" ? session : session - 1
  )

  const become = (next: Coordinator): Write => write(coordinator, next)
  const close = (now: Coordinator): Write => become({ ...now, stage: "closing", version: now.version + 1 })

  const byCoordinator = (
    name: string,
    others: ReadonlyArray<Read<unknown>>,
    fire: (now: Coordinator, ...others: ReadonlyArray<unknown>) => ReadonlyArray<Firing<FencingLabel>>
  ): Rule<FencingLabel> =>
    rule(
      name,
      { actor: "coordinator", fair: "weak", reads: [coordinator, ...others] },
      fire as Rule<FencingLabel>["fire"]
    )

  const coordinatorRules = [
    byCoordinator("open", [], (now) =>
      now.stage === "none" && now.session < scope.sessions
        ? then(become({ ...now, stage: "opened", session: now.session + 1, version: now.version + 1 }))
        : disabled
    ),
    byCoordinator("start", applied, (now, ...versions) =>
      now.stage === "opened" && 2 * versions.filter((version) => version === now.version).length > scope.replicas
        ? then(become({ ...now, stage: "streaming" }))
        : disabled
    ),
    byCoordinator("finish", quiet, (now, ...all) =>
      now.stage === "streaming" && (all as ReadonlyArray<ReadonlyArray<boolean>>).every((q) => q[now.session - 1])
        ? then(close(now))
        : disabled
    ),
    byCoordinator("fail", [streamFailures], (now, left) =>
      now.stage === "streaming" && left !== 0 ? then(close(now), write(streamFailures, "spend")) : disabled
    ),
    byCoordinator("complete", [], (now) =>
      now.stage === "closing" && now.acked.every(Boolean)
        ? then(become({ ...now, stage: "complete", acked: nobody }))
        : disabled
    ),
    byCoordinator("forget", [], (now) =>
      now.stage === "complete" ? then(become({ ...now, stage: "none" })) : disabled
    ),
    byCoordinator("fail over and close", [failovers], (now, left) =>
      (now.stage === "opened" || now.stage === "streaming") && left !== 0
        ? then(close(now), write(failovers, "spend"))
        : disabled
    ),
    byCoordinator("fail over and ask again", [failovers], (now, left) =>
      now.stage === "closing" && left !== 0
        ? then(become({ ...now, acked: nobody }), write(failovers, "spend"))
        : disabled
    )
  ]

  const replicaRules = (own: Cell<Replica, Replica>, index: number): ReadonlyArray<Rule<FencingLabel>> => {
    const options = { actor: `replica ${index}`, fair: "weak" } as const
    const faulty = { actor: "network", fair: "none" } as const
    return [
      rule(
        `send to ${index}`,
        { actor: "coordinator", fair: "none", reads: [coordinator, own, ...onTheWire] },
        (now, replica, ...wires) =>
          now.stage === "streaming" && sum(wires) < mostOnTheWire
            ? then(write(own, { ...replica, wire: add(replica.wire, now.session, 1) }))
            : disabled
      ),
      rule(`apply ${index}`, { ...options, reads: [coordinator, own] }, (now, replica) =>
        replica.applied < now.version ? then(write(own, { ...replica, applied: replica.applied + 1 })) : disabled
      ),
      rule(`ask ${index} for a barrier`, { ...options, reads: [coordinator, own] }, (now, replica) =>
        now.stage === "closing" && !now.acked[index] && replica.request === 0
          ? then(write(own, { ...replica, request: now.session }))
          : disabled
      ),
      rule(`handle barrier ${index}`, { ...options, reads: [own] }, (replica) => {
        const { request } = replica
        const drained = scope.barrierForgetsToWait === true || replica.guards[request - 1] === 0
        return request > 0 && replica.applied >= 2 * request && drained
          ? then(write(own, { ...replica, answer: request, request: 0 }))
          : disabled
      }),
      rule(`hear answer of ${index}`, { ...options, reads: [coordinator, own] }, (now, replica) => {
        if (replica.answer === 0) return disabled
        const heard = write(own, { ...replica, answer: 0 })
        return now.stage === "closing" && replica.answer === now.session
          ? then(become({ ...now, acked: now.acked.with(index, true) }), heard)
          : then(heard)
      }),
      rule(`lose barrier traffic of ${index}`, { ...faulty, reads: [own, losses] }, (replica, left) => [
        ...(replica.request > 0 && left > 0
          ? then(write(own, { ...replica, request: 0 }), write(losses, "spend"))
          : disabled),
        ...(replica.answer > 0 && left > 0
          ? then(write(own, { ...replica, answer: 0 }), write(losses, "spend"))
          : disabled)
      ]),
      rule(`deliver to ${index}`, { ...options, reads: [own] }, (replica) =>
        everySession.flatMap((session) => {
          if (replica.wire[session - 1] === 0) return disabled
          const taken = { ...replica, wire: add(replica.wire, session, -1) }
          if (replica.applied !== 2 * session - 1) return then(write(own, taken))
          if (replica.guards[session - 1] === mostGuards) return disabled
          return then(write(own, { ...taken, guards: add(replica.guards, session, 1) }))
        })
      ),
      rule(`lose write to ${index}`, { ...faulty, reads: [own, losses] }, (replica, left) =>
        everySession.flatMap((session) =>
          replica.wire[session - 1] !== 0 && left > 0
            ? then(write(own, { ...replica, wire: add(replica.wire, session, -1) }), write(losses, "spend"))
            : disabled
        )
      ),
      rule(`land at ${index}`, { ...options, reads: [own] }, (replica) =>
        everySession.flatMap((session) =>
          replica.guards[session - 1] === 0
            ? disabled
            : then(write(own, { ...replica, guards: add(replica.guards, session, -1), landed: session }))
        )
      )
    ]
  }

  return {
    name: `session fencing, ${scope.replicas} replicas, ${scope.sessions} sessions`,
    cells: [coordinator, ...replicas, losses, failovers, streamFailures],
    rules: [...coordinatorRules, ...replicas.flatMap(replicaRules)],
    laws: [nothingLate(everyReplica.map((index) => `guards ${index}`))],
    observables: {
      completed: completed as Read<unknown>,
      ...Object.fromEntries(guards.map((read, index) => [`guards ${index}`, read as Read<unknown>]))
    },
    symmetry: {
      of: "replicas",
      size: scope.replicas,
      families: [replicas],
      renamings: [
        renaming(
          coordinator,
          (now, to) => ({ ...now, acked: moved(now.acked, to) }),
          ({ acked }, replica) => acked[replica]
        )
      ]
    }
  }
}

const nothingLate = (guards: ReadonlyArray<string>) =>
  always("FEN-S1", {
    sentence: "No replica holds a write of a session whose barrier is complete.",
    source: "The invariant of the benchmark",
    observes: ["completed", ...guards],
    breaks: (completed, ...held) => {
      const late = (held as ReadonlyArray<ReadonlyArray<number>>).findIndex((counts) =>
        counts.slice(0, completed as number).some((count) => count > 0)
      )
      return late < 0 ? undefined : `replica ${late} holds a write of a session whose barrier is complete`
    }
  })
