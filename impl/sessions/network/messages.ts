/** What nodes put on the wire between them. */
import { Schema } from "effect"
import { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import { NodeId } from "../../../spec/sessions/metadata.ts"

/** The number by which an answer names its request, counted by the asker. */
export const FrameId = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

/** The first frame of a connection: who asks on it, and whom it means to ask. */
export const Hello = Schema.TaggedStruct("Hello", { from: NodeId, to: NodeId })

/** A request before anybody looked into it, so that one that means nothing can be answered by its number. */
export const Asked = Schema.TaggedStruct("Asked", { id: FrameId, request: Schema.Unknown })

export const Answered = Schema.TaggedStruct("Answered", { id: FrameId, answer: NodeAnswer })

export const decodeRequest = Schema.decodeUnknownResult(NodeRequest)
export const encodeRequest = Schema.encodeSync(NodeRequest)
export const encodeAnswer = Schema.encodeSync(NodeAnswer)
