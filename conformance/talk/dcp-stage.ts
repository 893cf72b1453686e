/** Where a conversation is played: a proxy pair of the model, or one of an implementation with real bytes. */
import type { ConsumerOutput, ProducerOutput } from "../../spec/dcp/messages.ts"
import { describeOutput } from "../report/dcp-words.ts"
import type { DcpInput, KvSocket } from "./dcp-command-text.ts"

/**
 * Something that left one of the two connections.
 *
 * What they tell each other is heard too: which of a cast and a write comes first is what the ordering rules are about.
 */
export type Heard =
  | { readonly _tag: "Output"; readonly output: ConsumerOutput | ProducerOutput }
  | { readonly _tag: "SocketClosed"; readonly socket: KvSocket }
  /** Bytes that are no packet, or a packet that was altered. */
  | { readonly _tag: "Strange"; readonly what: string }

/**
 * A proxy pair whose outside is in the hands of a conversation.
 *
 * A process that is given something finishes with it, its write included, before another process begins. The model's systems
 * know other schedules; a conversation needs one, and this is the one of a machine with a single thread.
 */
export interface DcpStage {
  /** Gives one input and tells what left the connections until nothing more happened by itself, in order. */
  give(input: DcpInput): Promise<ReadonlyArray<Heard>>
  /** Lets go of everything. */
  stop(): Promise<void>
}

/** What is heard, as a line of a conversation. */
export const describeHeard = (heard: Heard): string => {
  switch (heard._tag) {
    case "Output":
      return describeOutput(heard.output)
    case "SocketClosed":
      return `connection to ${heard.socket} closed`
    case "Strange":
      return `strange: ${heard.what}`
  }
}
