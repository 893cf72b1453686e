/** Responses in short form: opaque of the request, a status, nothing else. */
import {
  type AddStreamResponse,
  type Frame,
  Magic,
  type Message,
  plainResponse,
  Status,
  type StatusResponse,
  type StatusResponseTag,
  writeFrame
} from "../mcbp/index.ts"

/** A response that consists of a status. */
export function answer<Tag extends StatusResponseTag>(_tag: Tag, opaque: number, status: number): StatusResponse<Tag> {
  return { ...plainResponse, _tag, opaque, status }
}

/** An ADD_STREAM response; refusals made at once have no extras, all others do (dossier `dcp.md` 2.8). */
export function addStreamAnswer(opaque: number, status: number, streamOpaque: number | undefined): AddStreamResponse {
  return { ...plainResponse, _tag: "AddStreamResponse", opaque, status, streamOpaque }
}

/** The bytes of a refusal of any request. */
export function refusal(request: Frame, status: number): Uint8Array {
  const { opcode, opaque } = request
  return writeFrame({ magic: Magic.ClientResponse, opcode, vbucketOrStatus: status, opaque })
}

/** The vBucket that a message is about, if it says. */
export function vbucketOf(message: Message): number | undefined {
  return "vbucket" in message ? message.vbucket : undefined
}

/** Whether a frame is a request of a client, as opposed to a response. */
export function isRequest(frame: Frame): boolean {
  return frame.magic === Magic.ClientRequest || frame.magic === Magic.AltClientRequest
}

/** Statuses with which a consumer may answer what a producer sent. Source: dcp/producer.cc handleResponse. */
export const tolerated: ReadonlySet<number> = new Set([
  Status.Success,
  Status.KeyEnoent,
  Status.KeyEexists,
  Status.NotMyVbucket,
  Status.DcpStreamNotFound,
  Status.OpaqueNoMatch
])
