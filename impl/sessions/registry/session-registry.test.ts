// Goal: the twin keeps the dossier's rules, promises and all. Method: call it as a node would, and look at what is over.
import { describe, expect, test } from "vitest"
import { defaultSession, nullSession, SessionId } from "../../../spec/sessions/ids.ts"
import { AbortRequested, GateClosed, refusalOf, SessionNotFound } from "./refusals.ts"
import { SessionRegistry } from "./session-registry.ts"

const one = SessionId.make("1")
const two = SessionId.make("2")
const nothing = new Set<SessionId>()

/** A registry with two open sessions. */
const opened = (): SessionRegistry => {
  const registry = new SessionRegistry()
  registry.create(one)
  registry.create(two)
  return registry
}

/** Whether a drain is over once everything that could go on has. */
const isOver = async (drain: Promise<void>): Promise<boolean> => {
  let over = false
  void drain.then(() => {
    over = true
  })
  await new Promise(setImmediate)
  return over
}

describe("sessions: registry: ours", () => {
  test("S3 an open session admits, a closing one throws, a stranger and the null session are not found", () => {
    const registry = opened()
    expect(registry.enter(one).sessionId).toBe(one)
    registry.closeAllExcept(new Set([two]))
    expect(() => registry.enter(one)).toThrow(GateClosed)
    expect(() => registry.enter(SessionId.make("3"))).toThrow(new SessionNotFound(SessionId.make("3")))
    expect(() => registry.enter(nullSession)).toThrow(SessionNotFound)
    expect(registry.enter(two).sessionId).toBe(two)
  })

  test("L7 the default session survives every close", async () => {
    const registry = opened()
    const guard = registry.enter(defaultSession)
    registry.closeAllExcept(nothing)
    await registry.drain()
    expect(() => guard.check()).not.toThrow()
    expect(registry.enter(defaultSession).sessionId).toBe(defaultSession)
  })

  test("S5 a drain waits for copies and moved guards, and for nothing else", async () => {
    const registry = opened()
    const open = registry.enter(two)
    const guard = registry.enter(one)
    registry.closeAllExcept(new Set([two]))
    const copy = guard.copy()
    const moved = guard.move()
    const drain = registry.drain()
    guard.release()
    copy.release()
    copy.release()
    expect(await isOver(drain)).toBe(false)
    moved.release()
    expect(await isOver(drain)).toBe(true)
    expect(() => open.check()).not.toThrow()
    expect(() => registry.enter(one)).toThrow(SessionNotFound)
  })

  test("S5 drains queue, and a queued one takes what closed meanwhile", async () => {
    const registry = opened()
    const [first, second] = [registry.enter(one), registry.enter(two)]
    registry.closeAllExcept(new Set([two]))
    const drains = [registry.drain(), registry.drain()] as const
    registry.closeAllExcept(nothing)
    expect(await isOver(drains[0])).toBe(false)
    first.release()
    expect(await isOver(drains[0])).toBe(true)
    expect(await isOver(drains[1])).toBe(false)
    second.release()
    expect(await isOver(drains[1])).toBe(true)
    expect(await isOver(registry.drain())).toBe(true)
  })

  test("S2 create does not reopen what is closing, and makes anew what was drained", async () => {
    const registry = opened()
    registry.closeAllExcept(nothing)
    registry.create(one)
    expect(() => registry.enter(one)).toThrow(GateClosed)
    await registry.drain()
    registry.create(one)
    expect(registry.enter(one).sessionId).toBe(one)
  })

  test("S15 subscribers are called while their guards are valid, a late one is told, a released one is forgotten", () => {
    const registry = opened()
    const [guard, gone] = [registry.enter(one), registry.enter(one)]
    const heard: Array<string> = []
    expect(guard.onAbort(() => heard.push(refusalOf(attempt(() => guard.check()))?._tag ?? "valid"))).toBe(true)
    expect(gone.onAbort(() => heard.push("gone"))).toBe(true)
    gone.release()
    registry.closeAllExcept(nothing)
    registry.closeAllExcept(nothing)
    expect(heard).toEqual(["valid"])
    expect(() => guard.check()).toThrow(AbortRequested)
    expect(guard.onAbort(() => heard.push("late"))).toBe(false)
  })
})

const attempt = (run: () => void): unknown => {
  try {
    run()
    return undefined
  } catch (thrown) {
    return thrown
  }
}
