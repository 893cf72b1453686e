/** The restart matrix, as exploring finds it: where a node falls, what is on its disk then, and how it goes on. Source: dossier 2.11. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { explore } from "../../explorer/explore.ts"
import { asPinned, type Scope } from "../../kernel/scope.ts"
import type { Firing, Rule, System } from "../../kernel/system.ts"
import type { Disk, Fiber, Life, Server } from "./cells.ts"
import { places } from "./restart-rows.ts"
import { restartScopes } from "./scopes-restart.ts"

export interface RestartRow {
  /** Where the node is when it falls. */
  readonly row: string
  /** What may be on its disk, in words. */
  readonly persisted: ReadonlyArray<string>
  /** What it does first when it begins again. */
  readonly restarts: ReadonlyArray<string>
  /** In how many states the fall was taken. */
  readonly falls: number
}

export interface RestartMatrix {
  readonly rows: ReadonlyArray<RestartRow>
  /** The laws that hold in every state of the scopes that were explored, after every fall. */
  readonly holding: ReadonlyArray<string>
  readonly broken: ReadonlyArray<string>
}

/** The scopes in which falls are told apart by row, and every law holds. */
const explored = ["fallsOnTheWay", "newcomerFalls"]

/** Explores the scopes that are about falls. It takes a few seconds. */
export const restartMatrix = (): RestartMatrix => {
  const seen = new Seen()
  const fired = new Map<string, number>()
  const verdicts = new Map<string, boolean>()
  for (const scope of restartScopes.filter(({ name }) => explored.includes(name))) {
    const found = explore(watched(scope, seen))
    for (const { name, fired: times } of found.rules) {
      const row = rowOf(name)
      if (row !== undefined) fired.set(row, (fired.get(row) ?? 0) + times)
    }
    for (const { id, verdict } of found.laws) verdicts.set(id, verdict === "holds" && verdicts.get(id) !== false)
  }
  const laws = [...verdicts]
  return {
    rows: places.map(({ row }) => {
      const persisted = seen.at(row)
      return {
        row,
        persisted: [...new Set(persisted.map(({ text }) => text))],
        restarts: [...new Set(persisted.flatMap(({ key }) => seen.after(key)))].sort(),
        falls: fired.get(row) ?? 0
      }
    }),
    holding: laws.flatMap(([id, holds]) => (holds ? [id] : [])),
    broken: laws.flatMap(([id, holds]) => (holds ? [] : [id]))
  }
}

const rowOf = (rule: string): string | undefined => / falls: (.*)$/.exec(rule)?.[1]

interface Persisted {
  readonly key: string
  readonly text: string
}

/** What exploring comes across. */
class Seen {
  readonly #falls = new Map<string, Map<string, Persisted>>()
  readonly #restarts = new Map<string, Set<string>>()

  fell(row: string, persisted: Persisted): void {
    const known = this.#falls.get(row) ?? new Map<string, Persisted>()
    this.#falls.set(row, known.set(persisted.key, persisted))
  }

  began(key: string, step: string): void {
    this.#restarts.set(key, (this.#restarts.get(key) ?? new Set()).add(step))
  }

  at(row: string): ReadonlyArray<Persisted> {
    const known = [...(this.#falls.get(row)?.values() ?? [])]
    return known.sort((one, other) => (one.key < other.key ? -1 : 1))
  }

  /** A new node does not look at its rows as it begins: with some it goes on as with none. */
  after(key: string): ReadonlyArray<string> {
    return [...(this.#restarts.get(key) ?? this.#restarts.get(key.replace("rows of a group", "nothing")) ?? [])]
  }
}

/** A scope's system that tells of every fall and of every beginning. */
const watched = (scope: Scope<RaftUpgradeLabel>, seen: Seen): System<RaftUpgradeLabel> => {
  const system = scope.system(asPinned)
  return { ...system, rules: system.rules.map((rule) => watching(rule, scope.name, seen)) }
}

const watching = (rule: Rule<RaftUpgradeLabel>, scope: string, seen: Seen): Rule<RaftUpgradeLabel> => {
  const row = rowOf(rule.name)
  if (row === undefined && !/^\S+ (begins|comes)$/.test(rule.name)) return rule
  return {
    ...rule,
    fire: (...values) => {
      const firings = rule.fire(...values)
      for (const firing of firings) {
        const node = new Told(scope, rule, values, firing)
        if (row !== undefined) seen.fell(row, node.persisted)
        else if (node.life?.is === "down") seen.began(node.persisted.key, node.goesOn)
      }
      return firings
    }
  }
}

/** What a rule about one node has read, and what it leaves. */
class Told {
  readonly #scope: string
  readonly #rule: Rule<RaftUpgradeLabel>
  readonly #values: ReadonlyArray<unknown>
  readonly #firing: Firing<RaftUpgradeLabel>
  readonly #node: string

  constructor(
    scope: string,
    rule: Rule<RaftUpgradeLabel>,
    values: ReadonlyArray<unknown>,
    firing: Firing<RaftUpgradeLabel>
  ) {
    this.#scope = scope
    this.#rule = rule
    this.#values = values
    this.#firing = firing
    this.#node = rule.name.split(" ", 1)[0] ?? ""
  }

  get life(): Life | undefined {
    return this.#read<Life>(this.#node)
  }

  /** What is on its disk that says where it goes on. */
  get persisted(): Persisted {
    const disk = this.#read<Disk>(`disk of ${this.#node}`)
    const raft =
      this.#read<Server | null>(`server of ${this.#node}`) ?? this.#read<Server | null>(`rows of ${this.#node}`)
    const hasRows = (raft ?? null) !== null
    const parts = [
      ...(disk?.group == null ? (hasRows ? ["rows of a group"] : []) : ["its group"]),
      ...(disk?.state == null ? [] : [disk.state])
    ]
    const text = parts.length === 0 ? "nothing" : parts.join(", ")
    return { text, key: `${this.#scope} ${text} ${this.life?.sawFeature === true}` }
  }

  /** The first step of its way from here, and whether its server runs before that. */
  get goesOn(): string {
    const serves = this.#firing.labels.some(({ _tag }) => _tag === "ServerStarted")
    const fiber = this.#written<Fiber | null>(`fiber of ${this.#node}`)
    const step = fiber === undefined || fiber === null ? "stays as it is" : steps[fiber.at]
    return serves ? `starts its server; ${step}` : (step ?? fiber?.at ?? "")
  }

  #read<A>(cell: string): A | undefined {
    return this.#values[this.#rule.reads.findIndex(({ name }) => name === cell)] as A | undefined
  }

  #written<A>(name: string): A | undefined {
    return this.#firing.writes.find(({ cell }) => cell.name === name)?.op as A | undefined
  }
}

/** The steps that a node may begin with, in words. */
const steps: Partial<Record<Fiber["at"], string>> = {
  dryRunOnPeers: "U1",
  looking: "B1",
  locking: "B2",
  readBarrier: "B3",
  voting: "B7"
}
