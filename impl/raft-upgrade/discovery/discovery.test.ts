import { describe, expect, test } from "vitest"
import { NodeId } from "../../../spec/metadata.ts"
import { ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { Peer } from "../../../spec/raft-upgrade/messages.ts"
import { Discovery, OtherServer, type Self, type Tick } from "./discovery.ts"

const self = (node: string, server: number): Self => ({ node: NodeId.make(node), server: ServerId.make(server) })
const [a, b, c] = [self("A", 1), self("B", 2), self("C", 3)]
const stranger = ({ node }: Self): Peer => ({ node, server: null })
const begin = (me: Self, ...seeds: ReadonlyArray<Peer>): Discovery => new Discovery(me, seeds, "ownWord")
const asked = (tick: Tick): ReadonlyArray<string> =>
  tick._tag === "Ask"
    ? tick.asked.map(
        ({ to, peers }) => `${to}: ${peers.map(({ node, server }) => `${node}${server ?? "?"}`).join(" ")}`
      )
    : [tick._tag]

describe("raft upgrade: discovery", () => {
  test("a node that knows nobody creates the group at once", () => {
    expect(begin(a).tick()).toEqual({ _tag: "Leads" })
  })

  test("whoever is new to it is told of all whom it knows, and is asked again until it answers", () => {
    const discovery = begin(a, stranger(b))
    expect(asked(discovery.tick())).toEqual(["B: A1 B?"])
    expect(discovery.tick()).toEqual({ _tag: "Pause" })
    expect(asked(discovery.tick())).toEqual(["B: A1 B?"])
  })

  test("it learns of others by those whom it asks, and all must have answered before the smallest creates the group", () => {
    const discovery = begin(a, stranger(b))
    discovery.tick()
    discovery.response(b.node, [b, stranger(c)])
    expect(discovery.isLeader).toBe(false)
    expect(asked(discovery.tick())).toEqual(["C: A1 B2 C?"])
    discovery.response(c.node, [c])
    expect(discovery.tick()).toEqual({ _tag: "Leads" })
    expect(discovery.request(b.node, [b])).toBe(false)
  })

  test("M6: a server that nobody knows yet might be the smallest", () => {
    const discovery = begin(a, stranger(b))
    discovery.response(b.node, [])
    expect(discovery.isLeader).toBe(false)
    expect(discovery.request(b.node, [b])).toBe(false)
    expect(discovery.isLeader).toBe(true)
  })

  test("who is not the smallest asks all of them for the group, and tells nothing new", () => {
    const discovery = begin(b, a)
    discovery.tick()
    discovery.response(a.node, [a, b])
    expect(discovery.tick()).toEqual({ _tag: "Pause" })
    expect(asked(discovery.tick())).toEqual(["A: "])
  })

  test("M49: a node knows its own server best; shipped, another word than the first ends it", () => {
    const other = self("B", 102)
    const discovery = begin(a, b)
    discovery.request(c.node, [other])
    expect(discovery.peers).toContainEqual(b)
    discovery.request(b.node, [other])
    expect(discovery.peers).toContainEqual(other)
    const shipped = new Discovery(a, [b], "crashes")
    expect(() => shipped.request(b.node, [other])).toThrow(OtherServer)
  })
})
