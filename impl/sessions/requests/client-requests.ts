import type { NodeAnswer, NodeRequest, RequestId, Row } from "../../../spec/sessions/messages.ts"
import type { NodeId, Tablet, TabletId } from "../../../spec/sessions/metadata.ts"
import type { Consistency } from "../control.ts"
import { found, type NodeContext } from "../node/node-context.ts"
import { answerOf } from "../node/refused.ts"
import { reconciled } from "../node/rows.ts"
import { Acknowledgements } from "./acknowledgements.ts"
import { readTargets, type Targets, writeTargets } from "./routing.ts"

/** How a client's request ended. `rows` is what a read returned: the winning row, also if it is a tombstone. */
export interface Outcome {
  readonly ok: boolean
  readonly rows: ReadonlyArray<Row>
}

interface Begun {
  readonly request: RequestId
  readonly tablet: TabletId
  readonly key: string
  readonly row: Row | null
  readonly targets: (tablet: Tablet) => Targets
  readonly message: (version: Extract<NodeRequest, { readonly _tag: "Read" }>["version"]) => NodeRequest
}

/**
 * Clients' requests with this node as their coordinator.
 *
 * Effect: the request is routed by the metadata of one version, whose number it carries as its fencing token. The version is held
 * until every replica has answered or cannot be heard of any more, also when the client has its answer by then: a barrier waits
 * for what is on its way. Nothing is retried; a stale answer counts as a failure of the replica. It gives up only when `signal`
 * is given. Refused with: NoSuchTablet.
 *
 * Source: service/storage_proxy.cc get_fence, write_response_handler, abstract_read_executor; dossier `sessions.md` 2.7.
 */
export class ClientRequests {
  readonly #node: NodeContext
  readonly #underWay = new Set<AbortController>()

  constructor(node: NodeContext) {
    this.#node = node
  }

  write(request: RequestId, tablet: TabletId, row: Row, consistency: Consistency): Promise<Outcome> {
    return this.#request({
      request,
      tablet,
      key: row.key,
      row,
      targets: (known) => writeTargets(known, consistency),
      message: (version) => ({ _tag: "Write", request, version, tablet, row })
    })
  }

  read(request: RequestId, tablet: TabletId, key: string, consistency: Consistency): Promise<Outcome> {
    return this.#request({
      request,
      tablet,
      key,
      row: null,
      targets: (known) => readTargets(known, consistency),
      message: (version) => ({ _tag: "Read", request, version, tablet, key })
    })
  }

  /** Every request that is under way fails now, and holds nothing any more. */
  giveUp(): void {
    for (const request of this.#underWay) request.abort()
  }

  async #request({ request, tablet, key, row, targets, message }: Begun): Promise<Outcome> {
    const shard = this.#node.shards[0]
    const known = found(shard.tablet(tablet), "NoSuchTablet")
    const { version, release } = shard.hold()
    const { nodes, needed } = targets(known)
    const node = this.#node.self
    this.#tell({ _tag: "RequestBegan", request, node, version, tablet, key, row, targets: nodes })
    const enough = new Acknowledgements(nodes.length, needed)
    const rows: Row[] = []
    const asked = nodes.map(async (target) => {
      const answer = await this.#ask(target, message(version))
      if (answer._tag === "Refused") return enough.fail()
      if (answer._tag === "Rows") rows.push(...answer.rows)
      enough.succeed()
    })
    this.#holdUntil(asked, enough, release)
    const ok = await enough.decided
    const outcome = { ok, rows: ok ? reconciled(rows) : [] }
    this.#tell({ _tag: "RequestEnded", request, ...outcome })
    return outcome
  }

  #ask(target: NodeId, message: NodeRequest): Promise<NodeAnswer> {
    return answerOf(this.#node.parts.network.ask(target, message))
  }

  #holdUntil(asked: ReadonlyArray<Promise<void>>, enough: Acknowledgements, release: () => void): void {
    const control = new AbortController()
    this.#underWay.add(control)
    const over = (): void => {
      this.#underWay.delete(control)
      release()
    }
    control.signal.addEventListener("abort", () => {
      enough.giveUp()
      over()
    })
    void Promise.allSettled(asked).then(over)
  }

  get #tell() {
    return this.#node.parts.journal
  }
}
