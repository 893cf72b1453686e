/**
 * The first byte of a packet: who sent it, and whether the packet carries framing extras.
 *
 * Source: dossier `dcp.md` 4.1; kv_engine include/mcbp/protocol/magic.h.
 */

/** Magic bytes by name. */
export const Magic = {
  ClientRequest: 0x80,
  ClientResponse: 0x81,
  AltClientRequest: 0x08,
  AltClientResponse: 0x18,
  ServerRequest: 0x82,
  ServerResponse: 0x83
} as const
export type Magic = (typeof Magic)[keyof typeof Magic]

/** Whether a byte is one of the six magics. */
export function isMagic(byte: number): byte is Magic {
  return (byte >= 0x80 && byte <= 0x83) || isAlternative(byte)
}

/** Whether the packet has framing extras, hence a one-byte key length. */
export function isAlternative(magic: number): boolean {
  return magic === Magic.AltClientRequest || magic === Magic.AltClientResponse
}

/** Whether bytes 6 and 7 hold a status; in a request they hold a vBucket. */
export function isResponse(magic: number): boolean {
  return magic === Magic.ClientResponse || magic === Magic.AltClientResponse || magic === Magic.ServerResponse
}

/** Whether the server began the exchange; its opcodes are a numbering of their own. */
export function isServer(magic: number): boolean {
  return magic === Magic.ServerRequest || magic === Magic.ServerResponse
}
