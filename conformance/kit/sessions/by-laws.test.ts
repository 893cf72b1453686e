// Goal: laws alone find what is wrong, and let a lawful design be. Method: walk beside designs that no model knows.
import { expect, test } from "vitest"
import type { Session } from "../../../impl/sessions/registry/session.ts"
import { SessionRegistry } from "../../../impl/sessions/registry/session-registry.ts"
import { registryAdapter } from "../../museum/sessions/registry-adapter.ts"
import { lawsBroken } from "./by-laws.ts"
import { bounded } from "./registry-ground.ts"
import { describeRegistryInput } from "./registry-words.ts"

const walks = { seed: 1, runs: 300, maxSteps: 30, bounds: bounded }

/** Drains side by side, each on the sessions that were closing when it was called: another design, and a lawful one. */
class SideBySide extends SessionRegistry {
  override async drain(): Promise<void> {
    const empty = this.closing.map(async (session) => {
      await session.close()
      // A drain beside this one may have forgotten it, and another session of that name may be open.
      if (this.closing.includes(session)) this.forget(session)
    })
    await Promise.all(empty)
  }
}

/** Forgets to wait for the session that began to close first. */
class Hasty extends SessionRegistry {
  protected override toDrain(): ReadonlyArray<Session> {
    return this.closing.slice(0, 1)
  }
}

test("sessions: registry: a lawful design breaks no law, whether or not it follows the model", async () => {
  expect(await lawsBroken(registryAdapter(), walks)).toEqual([])
  expect(
    await lawsBroken(
      registryAdapter("side by side", () => new SideBySide()),
      walks
    )
  ).toEqual([])
})

test("sessions: registry: a law that is broken comes with a story in which no step can be left out", async () => {
  const broken = await lawsBroken(
    registryAdapter("hasty", () => new Hasty()),
    walks
  )
  const story = broken.find(({ law }) => law === "SES-S5")?.inputs.map(describeRegistryInput)
  expect(story).toHaveLength(5)
  expect(story?.at(-1)).toMatch(/^(drain|enter)/)
})
