import { type AddressInfo, createServer, type Server } from "node:net"
import { type Clock, systemClock } from "../../runtime/clock.ts"
import { TcpSocket } from "../../runtime/tcp-socket.ts"
import type { Socket } from "../../runtime/transport.ts"
import { encode, HelloFeature, type Message, type Open, OpenFlag, Status } from "../mcbp/index.ts"
import { vbucketOf } from "./answers.ts"
import { ServerHandshake } from "./handshake.ts"
import { type ConnectionHost, KvConnection, type Role } from "./kv-connection.ts"
import { type Aim, type Given, Switchboard } from "./switchboard.ts"
import { type CommonMisbehaviours, type Tampering, tamper } from "./tamper.ts"
import { Transcript } from "./transcript.ts"

/** What any kv endpoint can be told; everything has a default. */
export interface KvOptions {
  readonly user?: string
  readonly password?: string
  readonly bucket?: string
  /** HELO features that are accepted. */
  readonly features?: readonly number[]
  /** Messages executed before unasked output is made, 1 unless told; kv takes more (dossier `dcp.md` 1.4, O4). */
  readonly requestsPerStep?: number
  readonly clock?: Clock
  /** Bytes of transcript that are remembered, 64 MiB unless told. */
  readonly transcriptLimit?: number
}

const knownOpenFlags = Object.values(OpenFlag).reduce((all: number, flag) => all | flag, 0)
const tamperings = Object.keys(tamper) as Tampering[]

/**
 * A kv node as far as one side of DCP replication sees it: a server with a handshake, a transcript and a closed set of
 * misbehaviours that can be switched while it runs.
 */
export abstract class KvEndpoint<Misbehaviours extends CommonMisbehaviours, DcpRole extends Role> {
  readonly transcript: Transcript
  protected readonly switches = new Switchboard<Misbehaviours>()
  readonly #options: Required<Omit<KvOptions, "clock" | "transcriptLimit">>
  /** The `OpenFlag.Producer` bit that an OPEN must have. */
  readonly #side: number
  readonly #server: Server
  readonly #connections = new Set<KvConnection>()
  readonly #roles = new Map<KvConnection, DcpRole>()
  readonly #names = new Map<string, KvConnection>()
  #accepted = 0

  constructor(side: "consumer" | "producer", options: KvOptions) {
    this.#options = {
      user: options.user ?? "portcullis",
      password: options.password ?? "secret",
      bucket: options.bucket ?? "default",
      features: options.features ?? [...Object.values(HelloFeature)],
      requestsPerStep: options.requestsPerStep ?? 1
    }
    this.#side = side === "producer" ? OpenFlag.Producer : 0
    this.transcript = new Transcript(options.clock ?? systemClock, options.transcriptLimit ?? 64 * 1024 * 1024)
    this.#server = createServer((socket) => this.attach(new TcpSocket(socket)))
  }

  /** Listens on a port of this machine, a free one unless told; resolves with where. */
  listen(port = 0): Promise<{ readonly host: string; readonly port: number }> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject)
      this.#server.listen(port, "127.0.0.1", () => {
        this.#server.off("error", reject)
        resolve({ host: "127.0.0.1", port: (this.#server.address() as AddressInfo).port })
      })
    })
  }

  /** Serves a connection that somebody else made, such as one end of a memory socket. */
  attach(socket: Socket): KvConnection {
    const host = this.#connectionHost()
    const handshake = (connection: KvConnection) =>
      new ServerHandshake(connection, { ...this.#options, open: (_, request) => this.#open(connection, request) })
    const connection = new KvConnection(this.#accepted++, socket, host, handshake)
    if (connection.isOpen) this.#connections.add(connection)
    return connection
  }

  /** The connections that are open, in the order in which they were made. */
  get connections(): readonly KvConnection[] {
    return [...this.#connections]
  }

  /** Switches a misbehaviour on, in addition to those that are on. */
  misbehave<Name extends keyof Misbehaviours>(name: Name, ...[given]: Given<Misbehaviours[Name]>): void {
    this.switches.on(name, (given ?? {}) as Misbehaviours[Name] & Aim)
  }

  /** Switches a misbehaviour off; what it held back is let go. */
  behave(name: keyof Misbehaviours): void {
    this.switches.off(name)
    this.poke()
  }

  /** Writes bytes as they are to every DCP connection. */
  sendRaw(bytes: Uint8Array): void {
    for (const connection of this.#roles.keys()) {
      connection.sendBytes(bytes)
      connection.flush()
    }
  }

  /** Closes every connection under a DCP name, or all of them. */
  disconnect(name?: string): void {
    for (const connection of name === undefined ? this.connections : [this.#names.get(name)]) {
      connection?.close({ _tag: "Ordered" })
    }
  }

  /** Closes every connection and stops listening. */
  close(): Promise<void> {
    this.disconnect()
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
    })
  }

  /** Takes the parameters of a misbehaviour that is to happen now and says so in the transcript. */
  protected bite<Name extends keyof Misbehaviours & string>(
    connection: KvConnection,
    name: Name,
    vbucket?: number,
    wanted?: (given: Misbehaviours[Name]) => boolean
  ): Misbehaviours[Name] | undefined {
    const given = this.switches.take(name, vbucket, wanted)
    if (given !== undefined) this.transcript.add(connection.id, { _tag: "Misbehaved", name, vbucket })
    return given
  }

  /** Roles of the connections that have passed the handshake, in the order in which they did. */
  protected get roles(): readonly DcpRole[] {
    return [...this.#roles.values()]
  }

  /** Makes the role of a connection that has passed the handshake. */
  protected abstract createRole(connection: KvConnection): DcpRole

  /** Lets every connection, or all but one that is at work anyway, say what it was made to want to say. */
  protected poke(except?: DcpRole): void {
    for (const [connection, role] of this.#roles) if (role !== except) connection.poke()
  }

  #open(connection: KvConnection, { name, flags }: Open): number {
    if ((flags & ~knownOpenFlags) !== 0) return Status.Einval
    const deletedNeedXattrs = OpenFlag.IncludeDeletedUserXattrs
    if ((flags & deletedNeedXattrs) !== 0 && (flags & OpenFlag.IncludeXattrs) === 0) return Status.Einval
    if ((flags & OpenFlag.Producer) !== this.#side) return Status.NotSupported
    this.#names.get(name)?.close({ _tag: "Evicted", by: connection.id })
    const role = this.createRole(connection)
    this.#names.set(name, connection)
    this.#roles.set(connection, role)
    connection.become(role)
    return Status.Success
  }

  #connectionHost(): ConnectionHost {
    return {
      transcript: this.transcript,
      requestsPerStep: this.#options.requestsPerStep,
      arriving: (connection, message) => {
        const named = ({ message: tag }: CommonMisbehaviours["disconnectOn"]) => tag === message._tag
        if (this.bite(connection, "disconnectOn", vbucketOf(message), named) === undefined) return
        connection.close({ _tag: "Misbehaved", name: "disconnectOn" })
      },
      leaving: (connection, message) => this.#leaving(connection, message),
      gone: (connection) => this.#gone(connection)
    }
  }

  #leaving(connection: KvConnection, message: Message): Uint8Array {
    for (const name of tamperings) {
      const bytes = this.#tampered(connection, name, message)
      if (bytes !== undefined) return bytes
    }
    return encode(message)
  }

  #tampered<Name extends Tampering>(connection: KvConnection, name: Name, message: Message): Uint8Array | undefined {
    const named = ({ insteadOf }: CommonMisbehaviours[Name]) => insteadOf === message._tag
    const given = this.bite(connection, name, vbucketOf(message), named)
    if (given === undefined) return undefined
    if (name === "halfFrameThenClose") connection.closeAfterWrite({ _tag: "Misbehaved", name })
    return tamper[name](message, given)
  }

  #gone(connection: KvConnection): void {
    this.#connections.delete(connection)
    this.#roles.delete(connection)
    for (const [name, owner] of this.#names) if (owner === connection) this.#names.delete(name)
  }
}
