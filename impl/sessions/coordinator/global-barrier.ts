import type { Command } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, TabletId, Version } from "../../../spec/sessions/metadata.ts"
import type { TermOfOffice } from "./term.ts"

/** Whom a barrier insists on: nodes that do not answer fail it, or are fenced out instead of waited for. */
export type Insists = "everybody" | "reachable"

/**
 * The barrier of all nodes: after it, nothing anywhere works by what was before it.
 *
 * Effect: every node that is not declared dead has applied what was committed when the barrier began, holds nothing older, and
 * has drained its closing sessions; then the fence becomes the version that was current before anything was sent, for only of
 * that one is it known that nobody is behind it (M31). All must answer: one that cannot fails the barrier (M26). Only where a
 * barrier is content with who can be reached, the fence is raised all the same, and a plain barrier has it applied; such a barrier
 * proves nothing about sessions.
 *
 * Source: service/topology_coordinator.cc global_tablet_token_metadata_barrier, global_token_metadata_barrier,
 * exec_global_command; dossier `sessions.md` 2.6.
 */
export class GlobalBarrier {
  readonly #term: TermOfOffice

  constructor(term: TermOfOffice) {
    this.#term = term
  }

  /**
   * Runs one barrier on behalf of some tablets, and says whether it succeeded. It does not begin if by now other nodes are declared
   * dead than `dead`: whoever asked for it may want to go back instead (M67). Rejects with `Unavailable`, `TermOver`.
   */
  async run(
    tablets: ReadonlyArray<TabletId>,
    dead: ReadonlyArray<NodeId>,
    insists: Insists = "everybody"
  ): Promise<boolean> {
    const { metadata } = (await this.#term.start()).seen
    const { version, ignored } = metadata
    if (ignored.length !== dead.length || !ignored.every((node) => dead.includes(node))) return false
    if (await this.#ask("barrier_and_drain", metadata, tablets, () => this.#fence(version))) return true
    if (insists === "everybody") return false
    await this.#fence(version)
    await this.#ask("barrier", metadata, [], async () => {})
    return true
  }

  /** Sends a command to all nodes and waits for them. What has to be done when all have obeyed is part of the barrier. */
  async #ask(
    command: Command,
    { version, nodes, ignored }: Metadata,
    tablets: ReadonlyArray<TabletId>,
    then: () => Promise<void>
  ): Promise<boolean> {
    const targets = nodes.filter((node) => !ignored.includes(node))
    const about = { term: this.#term.term, index: this.#term.nextIndex() }
    this.#term.journal({ _tag: "BarrierBegan", ...about, command, version, targets, tablets })
    const ended = (ok: boolean): boolean => {
      this.#term.journal({ _tag: "BarrierEnded", ...about, ok })
      return ok
    }
    try {
      const asked = targets.map((node) => this.#term.ask(node, { _tag: "TopologyCommand", ...about, command }))
      const answers = await Promise.all(asked)
      if (answers.some(({ _tag }) => _tag !== "Ok")) return ended(false)
      await then()
      return ended(true)
    } catch (error) {
      ended(false)
      throw error
    }
  }

  /** Others may commit meanwhile: that makes this barrier no worse, so it is tried until it is done. */
  async #fence(version: Version): Promise<void> {
    for (;;) {
      const guard = await this.#term.start()
      const { metadata } = guard.seen
      if (metadata.fence >= version) return
      await this.#term.commit(guard, { ...metadata, fence: version })
    }
  }
}
