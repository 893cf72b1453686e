/** Playing a conversation with a cluster of the twin: what is heard in each exchange, and what was wrong with all of it. */
import type { ClusterOptions } from "../../../../impl/raft-upgrade/node/local-cluster.ts"
import { heardIn } from "../../../talk/played.ts"
import type { Conversation } from "../../../talk/talk-file.ts"
import { say } from "./commands.test-support.ts"
import { TalkCluster } from "./talk-cluster.test-support.ts"

export interface Played {
  readonly heard: ReadonlyArray<ReadonlyArray<string>>
  readonly faults: ReadonlyArray<string>
}

export const playUpgrade = async (conversation: Conversation, options: ClusterOptions = {}): Promise<Played> => {
  const talk = new TalkCluster(options)
  const heard = await heardIn(conversation, (line) => say(talk, line))
  return { heard, faults: talk.faults() }
}
