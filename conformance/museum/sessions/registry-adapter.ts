/** A session registry of ours, in process: guards and drains by the names that the inputs give them. */
import type { Guard } from "../../../impl/sessions/registry/guard.ts"
import { refusalOf } from "../../../impl/sessions/registry/refusals.ts"
import { SessionRegistry } from "../../../impl/sessions/registry/session-registry.ts"
import type { GuardId } from "../../../spec/sessions/ids.ts"
import type { RegistryInput, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import type { Reaction, Seen, Session } from "../../kit/role-under-test.ts"
import type { RegistryAdapter } from "../../kit/sessions/registry-part.ts"

/** An adapter for our registry or a subclass of it. */
export const registryAdapter = (
  name = "portcullis",
  make: () => SessionRegistry = () => new SessionRegistry()
): RegistryAdapter => ({
  name,
  way: "in process",
  role: "sessions/registry",
  start: () => new RegistrySession(make())
})

class RegistrySession implements Session<RegistryInput, RegistryOutput, never> {
  private readonly registry: SessionRegistry
  private readonly guards = new Map<GuardId, Guard>()
  /** Subscriptions by the present name of their guard, which changes when the guard is handed over. */
  private readonly subscribers = new Map<GuardId, { name: GuardId }>()
  private outputs: Array<Seen<RegistryOutput>> = []

  constructor(registry: SessionRegistry) {
    this.registry = registry
  }

  async input(input: RegistryInput): Promise<Reaction<RegistryOutput, never>> {
    this.outputs = []
    try {
      this.give(input)
    } catch (thrown) {
      this.outputs.push(answerTo(thrown))
    }
    // Drains go on in microtasks, and all of those come before this.
    await new Promise(setImmediate)
    return { outputs: this.outputs }
  }

  stop(): void {
    this.guards.clear()
  }

  private give(input: RegistryInput): void {
    const { registry, guards } = this
    switch (input._tag) {
      case "Create":
        registry.create(input.session)
        break
      case "Enter":
        guards.set(input.guard, registry.enter(input.session))
        break
      case "Check":
        this.guard(input.guard).check()
        break
      case "Copy":
        guards.set(input.copy, this.guard(input.guard).copy())
        break
      case "Move":
        this.move(input.guard, input.to)
        break
      case "Release":
        this.guard(input.guard).release()
        guards.delete(input.guard)
        this.subscribers.delete(input.guard)
        break
      case "Subscribe":
        if (!this.subscribe(input.guard)) {
          this.outputs.push({ _tag: "Refused", reason: "AbortRequested" })
          return
        }
        break
      case "CloseAllExcept":
        registry.closeAllExcept(new Set(input.keep))
        break
      case "Drain": {
        const { drain } = input
        registry.drain().then(
          () => this.outputs.push({ _tag: "Drained", drain }),
          (thrown) => this.outputs.push(answerTo(thrown))
        )
      }
    }
    this.outputs.push({ _tag: "Done" })
  }

  private move(from: GuardId, to: GuardId): void {
    const guard = this.guard(from)
    this.guards.set(to, guard.move())
    this.guards.delete(from)
    const subscriber = this.subscribers.get(from)
    if (subscriber !== undefined) {
      subscriber.name = to
      this.subscribers.delete(from)
      this.subscribers.set(to, subscriber)
    }
    // What was moved from is destroyed as well, and holds nothing.
    guard.release()
  }

  private subscribe(name: GuardId): boolean {
    const subscriber = { name }
    const subscribed = this.guard(name).onAbort(() => {
      const valid = refusalIn(() => this.guards.get(subscriber.name)?.check()) === undefined
      this.outputs.push({ _tag: "Aborted", guard: subscriber.name, valid })
    })
    if (subscribed) this.subscribers.set(name, subscriber)
    return subscribed
  }

  private guard(name: GuardId): Guard {
    const guard = this.guards.get(name)
    if (guard === undefined) throw new TypeError(`no guard is called ${name}`)
    return guard
  }
}

const refusalIn = (run: () => void): unknown => {
  try {
    run()
    return undefined
  } catch (thrown) {
    return thrown
  }
}

const answerTo = (thrown: unknown): Seen<RegistryOutput> => {
  const refusal = refusalOf(thrown)
  if (refusal !== undefined) return { _tag: "Refused", reason: refusal._tag }
  return { _tag: "Strange", channel: "answers", what: String(thrown) }
}
