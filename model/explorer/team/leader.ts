/** The leader of a team: cuts levels into chunks and says what to do with them, so that states get the numbers one thread gives. */
import type { Compiled } from "../compile.ts"
import type { Engine } from "../engine.ts"
import type { Findings } from "../findings.ts"
import { layoutFor } from "../layout.ts"
import type { Stepper } from "../stepper.ts"
import type { Visited } from "../visited.ts"
import { mostCandidates } from "./claim-code.ts"
import { commands, Member, tooMany } from "./member.ts"
import { own, type SharedMemory, sharedArrays, waitWhile, word } from "./shared.ts"

/** States of a chunk for each worker: enough that meeting costs little, few enough that their successors stay in the cache. */
const slice = 1024
/** A slice may turn out to have this many times more successors than was expected of it. */
const surprise = 8

/** Steps taken by a team. The first member is this thread. */
export class Leader<L> implements Stepper<L> {
  readonly visited: Visited
  readonly engine: Engine<L>
  readonly stride: number
  private readonly member: Member<L>
  private readonly compiled: Compiled<L>
  private readonly memory: SharedMemory
  private readonly findings: Findings
  private readonly control: Int32Array
  private stopped = false
  private lastFired: Float64Array = new Float64Array(0)

  constructor(compiled: Compiled<L>, memory: SharedMemory, findings: Findings) {
    this.member = new Member(0, compiled, memory)
    this.compiled = compiled
    this.memory = memory
    this.findings = findings
    this.control = this.member.control
    this.visited = this.member.visited
    this.engine = this.member.engine
    this.stride = slice * memory.workers
  }

  advance(from: number, to: number): number {
    const { control, memory, visited } = this
    const likely = Math.floor(mostCandidates / (surprise * Math.max(surprise, this.engine.programs.mostFirings)))
    const next = Math.min(to, from + Math.max(1, Math.min(slice, likely)) * memory.workers)
    this.makeRoom()
    control[word.from] = from
    control[word.to] = next
    for (let worker = 0; worker < memory.workers; worker++) this.write(worker, own.next, 0)
    this.all(commands.expand)
    this.hear()
    while (this.sum(own.stuck) > 0) {
      this.widen()
      this.all(commands.expand)
      this.hear()
    }
    this.all(commands.claim)
    this.all(commands.number)
    for (let worker = 0; worker < memory.workers; worker++) visited.count += this.member.claimsOf(worker)
    control[word.states] = visited.count
    return next
  }

  fired(): Float64Array {
    if (this.stopped) return this.lastFired
    this.all(commands.report)
    const rules = this.compiled.system.rules.length
    const fired = new Float64Array(this.memory.buffers.fired!)
    return Float64Array.from({ length: rules }, (_, rule) => {
      let times = 0
      for (let worker = 0; worker < this.memory.workers; worker++) times += fired[rules * worker + rule]!
      return times
    })
  }

  finish(): void {
    this.lastFired = this.fired()
    this.member.catchUp()
    for (let worker = 1; worker < this.memory.workers; worker++) {
      const learnt = sharedArrays(this.memory).ints(`learnt ${worker}`, this.member.of(worker, own.learnt))
      for (const state of learnt) this.engine.relearn(state)
    }
  }

  stop(): void {
    if (this.stopped) return
    this.stopped = true
    this.control[word.command] = commands.stop
    Atomics.add(this.control, word.phase, 1)
    Atomics.notify(this.control, word.phase)
  }

  /** Has everyone do one thing and waits until it is done. */
  private all(command: number): void {
    const { control, memory, member } = this
    control[word.command] = command
    control[word.states] = this.visited.count
    Atomics.store(control, word.arrived, 0)
    Atomics.add(control, word.phase, 1)
    Atomics.notify(control, word.phase)
    member.obey(command)
    for (let arrived = 0; arrived < memory.workers - 1; arrived = Atomics.load(control, word.arrived)) {
      waitWhile(control, word.arrived, arrived)
    }
  }

  /** Looks again at the states that workers noted, in their order. */
  private hear(): void {
    const { memory, member, findings } = this
    const heard: Array<number> = []
    let failed = Number.POSITIVE_INFINITY
    for (let worker = 0; worker < memory.workers; worker++) {
      const count = member.of(worker, own.heard)
      if (count > 0) heard.push(...sharedArrays(memory).ints(`heard ${worker}`, count))
      const first = member.of(worker, own.firstEnd)
      for (let ends = member.of(worker, own.ends); ends > 0; ends--) findings.endsAt(first)
      const at = member.of(worker, own.failed)
      if (at === tooMany) throw new RangeError("states have too many successors for a team of workers: use one")
      if (at > 0) failed = Math.min(failed, at - 1)
    }
    for (const state of heard.sort((a, b) => a - b)) if (state < failed) this.retell(state)
    if (failed < Number.POSITIVE_INFINITY) this.fail(failed)
  }

  private retell(state: number): void {
    this.member.catchUp()
    this.engine.retell(state, this.findings)
  }

  /** A function of the model failed at a worker: it fails here as well, and this thread can say how. */
  private fail(state: number): void {
    this.engine.relearn(state)
    throw new Error(`a worker failed at state ${state}, and the leader did not`)
  }

  private widen(): void {
    this.member.settle()
    this.member.catchUp()
    this.visited.packAnew(layoutFor(this.compiled.sizes()))
    this.all(commands.adopt)
  }

  /** Room for all the numbers that a chunk may need, those that candidates have for a while included. */
  private makeRoom(): void {
    const { control, memory, visited } = this
    const { room, slots } = visited.wanted(memory.workers * mostCandidates)
    if (room === visited.room && slots === visited.table.length) return
    control[word.room] = room
    control[word.slots] = slots
    this.all(commands.resize)
  }

  private write(worker: number, what: number, value: number): void {
    this.control[word.blocks + word.block * worker + what] = value
  }

  private sum(what: number): number {
    let sum = 0
    for (let worker = 0; worker < this.memory.workers; worker++) sum += this.member.of(worker, what)
    return sum
  }
}
