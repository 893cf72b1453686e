/**
 * What a process knows of a connection: bytes out with back-pressure, bytes in one chunk at a time, and its end.
 *
 * Source: the socket of ns_server's dcp_proxy is an Erlang port in mode `{active, once}` with blocking sends; dossier
 * `dcp.md` 1.4.
 */

/** One end of a connection. It belongs to one process, but others may write to it. */
export interface Socket {
  /**
   * Writes bytes, which the caller must not change afterwards, behind everything written before by anyone.
   *
   * Returns nothing if they were accepted at once, else a promise that resolves when the writer may go on: this is how
   * a slow reader slows down its writer. Throws or rejects with `SocketClosedError` if this end is closed.
   */
  write(bytes: Uint8Array): Promise<void> | void
  /** Sets who receives chunks. Nothing is delivered before `activateOnce`. */
  onData(receive: (chunk: Uint8Array) => void): void
  /** Asks for one more chunk, or for the news that the connection is over. */
  activateOnce(): void
  /** Sets who is told, once and after every chunk, that the other end closed or the connection broke. */
  onClose(closed: () => void): void
  /** Closes at once and forever. The other end is told; this end hears nothing any more. */
  close(): void
}

/** A write to an end that is closed. */
export class SocketClosedError extends Error {
  readonly _tag = "SocketClosedError"

  constructor(cause?: unknown) {
    super("the socket is closed", { cause })
    this.name = "SocketClosedError"
  }
}
