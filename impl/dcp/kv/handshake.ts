import { Datatype, type Frame, type Hello, type Message, type Open, plainResponse, Status } from "../mcbp/index.ts"
import { answer, isRequest, refusal } from "./answers.ts"
import type { KvConnection, Role } from "./kv-connection.ts"

/** What the handshake asks of its endpoint. */
export interface HandshakeHost {
  readonly user: string
  readonly password: string
  readonly bucket: string
  /** HELO features that are accepted. */
  readonly features: readonly number[]
  /** Judges a DCP_OPEN; with `Success` the connection has its next role when this returns. */
  open(connection: KvConnection, request: Open): number
}

/**
 * The server's side of the connect order: SASL_AUTH, SELECT_BUCKET, HELO, DCP_OPEN.
 *
 * HELO may come at any time, as in kv; everything else needs the step before it.
 * Source: dossier `dcp.md` 1.1; kv_engine daemon/protocol/mcbp executors of the same names.
 */
export class ServerHandshake implements Role {
  readonly #connection: KvConnection
  readonly #host: HandshakeHost
  #authenticated = false
  #bucketSelected = false

  constructor(connection: KvConnection, host: HandshakeHost) {
    this.#connection = connection
    this.#host = host
  }

  receive(message: Message, frame: Frame): void {
    const { opaque } = message
    switch (message._tag) {
      case "SaslAuth":
        this.#connection.send(answer("SaslAuthResponse", opaque, this.#authenticate(message)))
        return
      case "SelectBucket":
        this.#connection.send(answer("SelectBucketResponse", opaque, this.#select(message.bucket)))
        return
      case "Hello":
        this.#hello(message)
        return
      case "Open":
        this.#connection.send(answer("OpenResponse", opaque, this.#open(message)))
        return
      default:
        // A response to nothing needs no answer.
        if (isRequest(frame)) this.#connection.sendBytes(refusal(frame, this.#statusOf(message)))
    }
  }

  step(): void {}

  #authenticate({ mechanism, payload }: { readonly mechanism: string; readonly payload: Uint8Array }): number {
    const [, user, password] = Buffer.from(payload).toString("utf8").split("\0")
    this.#authenticated = mechanism === "PLAIN" && user === this.#host.user && password === this.#host.password
    return this.#authenticated ? Status.Success : Status.AuthError
  }

  #select(bucket: string): number {
    if (!this.#authenticated) return Status.Eaccess
    this.#bucketSelected = bucket === this.#host.bucket
    return this.#bucketSelected ? Status.Success : Status.KeyEnoent
  }

  #hello(hello: Hello): void {
    const features = hello.features.filter((feature) => this.#host.features.includes(feature))
    this.#connection.send({ ...plainResponse, _tag: "HelloResponse", opaque: hello.opaque, features })
  }

  #open(open: Open): number {
    if (!this.#authenticated) return Status.Eaccess
    if (!this.#bucketSelected) return Status.NoBucket
    if (open.value !== "" && open.datatype !== Datatype.Json) return Status.Einval
    return this.#host.open(this.#connection, open)
  }

  #statusOf(message: Message): number {
    if (!this.#authenticated) return Status.Eaccess
    return message._tag === "Other" ? Status.UnknownCommand : Status.Einval
  }
}
