/**
 * Packets as stream set-up sends and reads them, in the words of the spec.
 *
 * The casts to branded numbers are safe because a header field cannot hold a number outside the brand's range.
 */
import type { Opaque, Status, VBucket } from "../../spec/ids.ts"
import { AddStreamFlag, encode, type Frame, Magic, plainRequest } from "./mcbp/index.ts"

/** Whether the frame is a request with this opcode. */
export function isRequest(frame: Frame, opcode: number): boolean {
  return frame.opcode === opcode && frame.magic === Magic.ClientRequest
}

/** Whether the frame is a response to a request with this opcode. */
export function isResponseTo(frame: Frame, opcode: number): boolean {
  return frame.opcode === opcode && frame.magic === Magic.ClientResponse
}

/** The vBucket that a request names. */
export function vbucketOf(request: Frame): VBucket {
  return request.vbucketOrStatus as VBucket
}

/** The status that a response brings. */
export function statusOf(response: Frame): Status {
  return response.vbucketOrStatus as Status
}

/** The header opaque. */
export function opaqueOf(frame: Frame): Opaque {
  return frame.opaque as Opaque
}

/**
 * The opaque under which the proxy asks for a vBucket's stream, on either socket: the vBucket's own number.
 *
 * Source: ns_server dcp_consumer_conn.erl get_opaque_for_partition; dossier 1.3, client opaque.
 */
export function clientOpaque(vbucket: VBucket): Opaque {
  return vbucket as number as Opaque
}

/** The packet that asks a consumer to open a stream. */
export function addStreamPacket(vbucket: VBucket, takeover: boolean): Uint8Array {
  const flags = takeover ? AddStreamFlag.Takeover : 0
  return encode({ _tag: "AddStream", ...plainRequest, vbucket, opaque: clientOpaque(vbucket), flags })
}

/** The packet that asks a consumer or a producer to close a stream. */
export function closeStreamPacket(vbucket: VBucket): Uint8Array {
  return encode({ _tag: "CloseStream", ...plainRequest, vbucket, opaque: clientOpaque(vbucket) })
}
