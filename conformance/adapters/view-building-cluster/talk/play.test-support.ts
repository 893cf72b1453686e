/** Playing a conversation with a cluster of the twin: what is heard in each exchange, and what was wrong with all of it. */

import { heardIn } from "../../../talk/played.ts"
import type { Conversation } from "../../../talk/talk-file.ts"
import { say } from "./commands.test-support.ts"
import { TalkCluster } from "./talk-cluster.test-support.ts"
import type { ClusterOptions } from "./twin.test-support.ts"

export interface Played {
  readonly heard: ReadonlyArray<ReadonlyArray<string>>
  readonly faults: ReadonlyArray<string>
}

export const playBuilding = async (conversation: Conversation, options: ClusterOptions = {}): Promise<Played> => {
  const talk = new TalkCluster(options)
  const heard = await heardIn(conversation, (line) => say(talk, line))
  return { heard, faults: talk.faults() }
}
