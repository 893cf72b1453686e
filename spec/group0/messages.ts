/** What group 0 says to whoever writes it, whatever protocol it carries. Source: service/raft/raft_group0_client.cc add_entry. */
import { Schema } from "effect"
import { Position } from "../metadata.ts"

/** What became of a commit. */
export const CommitAnswer = Schema.TaggedUnion({
  Committed: { at: Position },
  /** Group 0 had moved on since the state that the commit was computed from. */
  ConcurrentModification: { head: Position },
  /** It may have been effective or not. */
  StatusUnknown: {}
})
export type CommitAnswer = typeof CommitAnswer.Type
