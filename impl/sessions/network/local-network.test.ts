import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type NodeAnswer, type NodeRequest, RequestId } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { Version } from "../../../spec/sessions/metadata.ts"
import { nodeA, nodeB, nodeC, row, settle, tablet } from "../example.test-support.ts"
import { type Fate, LocalNetwork, type OnItsWay } from "./local-network.ts"

const write = (name: string): NodeRequest => ({
  _tag: "Write",
  request: RequestId.make(name),
  version: Version.make(1),
  tablet,
  row: row("k", 1, "x")
})

const ok: NodeAnswer = { _tag: "Ok" }

const nameOf = (request: NodeRequest): string => (request._tag === "Write" ? request.request : request._tag)

/** Two nodes, of which B notes what it is asked and answers when it is let. */
class Stage {
  readonly labels: ClusterLabel[] = []
  readonly handled: string[] = []
  readonly fates: Fate[] = []
  readonly network = new LocalNetwork({
    journal: (label) => this.labels.push(label),
    fate: ({ broken }) => this.fates.shift() ?? (broken ? "lose" : "deliver")
  })
  readonly a = this.network.join(nodeA)
  readonly b = this.network.join(nodeB)
  #finish: Array<() => void> = []

  constructor() {
    this.b.serve((from, request) => {
      this.handled.push(`${from} ${nameOf(request)}`)
      return Promise.resolve(ok)
    })
  }

  /** From now on B takes its time. */
  slow(): void {
    this.b.serve(async (from, request) => {
      await new Promise<void>((resolve) => this.#finish.push(resolve))
      this.handled.push(`${from} ${nameOf(request)}`)
      return ok
    })
  }

  finish(): Promise<void> {
    for (const finish of this.#finish.splice(0)) finish()
    return settle()
  }
}

const broken = { name: "ConnectionBroken" }

describe("sessions: network in one process", () => {
  test("a request is answered, and what arrives is a copy", async () => {
    const { network, a } = new Stage()
    const sent = write("w")
    let arrived: NodeRequest | undefined
    network.join(nodeC).serve((_, request) => {
      arrived = request
      return Promise.resolve(ok)
    })
    expect(await a.ask(nodeC, sent)).toEqual(ok)
    expect(arrived).toEqual(sent)
    expect(arrived).not.toBe(sent)
  })

  test("a request to oneself does not travel, and no broken connection stops it", async () => {
    const { a, b, handled } = new Stage()
    b.kill(nodeA)
    b.ban([nodeB])
    expect(await b.ask(nodeB, write("w"))).toEqual(ok)
    expect(handled).toEqual(["B w"])
    await expect(a.ask(nodeA, write("w"))).rejects.toMatchObject(broken)
  })

  test("when the connection breaks the asker hears so at once, and the handler runs on", async () => {
    const stage = new Stage()
    stage.slow()
    const asking = stage.a.ask(nodeB, write("w"))
    await settle()
    stage.b.kill(nodeA)
    await expect(asking).rejects.toThrow("the connection between B and A was killed")
    await stage.finish()
    expect(stage.handled).toEqual(["A w"])
    expect(stage.labels).toEqual([{ _tag: "ConnectionBroke", from: nodeB, to: nodeA }])
    stage.slow()
    const next = stage.a.ask(nodeB, write("next"))
    await settle()
    await stage.finish()
    expect(await next).toEqual(ok)
  })

  test("what was still on its way when the connection broke is lost, unless a test lets it arrive late", async () => {
    for (const late of [false, true]) {
      const stage = new Stage()
      if (late) stage.fates.push("deliver")
      const asking = stage.a.ask(nodeB, write("w"))
      stage.a.kill(nodeB)
      await expect(asking).rejects.toMatchObject(broken)
      await settle()
      expect(stage.handled).toEqual(late ? ["A w"] : [])
    }
  })

  test("a request that is lost has no effect, one whose answer is lost has, and one that is duplicated has it twice", async () => {
    const stage = new Stage()
    stage.fates.push("lose", "deliver", "lose", "duplicate")
    await expect(stage.a.ask(nodeB, write("lost"))).rejects.toThrow("Write from A to B was lost")
    await expect(stage.a.ask(nodeB, write("unanswered"))).rejects.toThrow("B's answer to A's Write was lost")
    expect(await stage.a.ask(nodeB, write("twice"))).toEqual(ok)
    expect(stage.handled).toEqual(["A unanswered", "A twice", "A twice"])
  })

  test("a ban refuses both directions, breaks what stands, and ends when the node is not named any more", async () => {
    const stage = new Stage()
    stage.slow()
    const asking = stage.a.ask(nodeB, write("before"))
    await settle()
    stage.b.ban([nodeA])
    await expect(asking).rejects.toMatchObject(broken)
    await expect(stage.a.ask(nodeB, write("after"))).rejects.toThrow("B has banned A")
    await expect(stage.b.ask(nodeA, write("back"))).rejects.toThrow("B has banned A")
    stage.b.ban([])
    const asked = stage.a.ask(nodeB, write("again"))
    await settle()
    await stage.finish()
    expect(await asked).toEqual(ok)
    expect(stage.handled).toEqual(["A before", "A again"])
  })

  test("nobody answers who is not there, does not serve yet, or has left", async () => {
    const { network, a, b } = new Stage()
    await expect(a.ask(nodeC, write("w"))).rejects.toThrow("nobody serves at C")
    network.join(nodeC)
    await expect(a.ask(nodeC, write("w"))).rejects.toThrow("nobody serves at C")
    await b.close()
    await expect(a.ask(nodeB, write("w"))).rejects.toThrow("nobody serves at B")
    await expect(b.ask(nodeA, write("w"))).rejects.toThrow("B has left the network")
  })

  test("a node that crashed hears and says nothing, and who waits for it hears that the connection broke", async () => {
    const stage = new Stage()
    stage.slow()
    stage.a.serve(() => new Promise(() => {}))
    const spoken: string[] = []
    const asking = stage.a.ask(nodeB, write("w"))
    void stage.b.ask(nodeA, write("back")).finally(() => spoken.push("asked"))
    await settle()
    stage.network.join(nodeB).serve(() => Promise.resolve(ok))
    await expect(asking).rejects.toMatchObject(broken)
    void stage.b.ask(nodeA, write("later")).finally(() => spoken.push("asked later"))
    await stage.finish()
    expect({ spoken, answer: await stage.a.ask(nodeB, write("new")) }).toEqual({ spoken: [], answer: ok })
  })

  test("a scheduler decides which message arrives next, and every order can happen", async () => {
    const orders = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const handled: string[] = []
        const network = new LocalNetwork({ turn: (event) => scheduler.schedule(Promise.resolve(), event) })
        const a = network.join(nodeA)
        network.join(nodeB).serve((_, request) => {
          handled.push(nameOf(request))
          return Promise.resolve(ok)
        })
        await scheduler.waitFor(Promise.all(["1", "2", "3"].map((name) => a.ask(nodeB, write(name)))))
        orders.add(handled.join(""))
      }),
      { seed: 1 }
    )
    expect([...orders].sort()).toEqual(["123", "132", "213", "231", "312", "321"])
  })

  test("a test hears of every message what it is and between whom", async () => {
    const heard: OnItsWay[] = []
    const network = new LocalNetwork({
      fate: (message) => {
        heard.push(message)
        return "deliver"
      }
    })
    const a = network.join(nodeA)
    network.join(nodeB).serve(() => Promise.resolve(ok))
    await a.ask(nodeB, write("w"))
    const way = (what: OnItsWay["what"], from: NodeId, to: NodeId) => ({ what, from, to, tag: "Write", broken: false })
    expect(heard).toEqual([way("request", nodeA, nodeB), way("answer", nodeB, nodeA)])
  })
})
