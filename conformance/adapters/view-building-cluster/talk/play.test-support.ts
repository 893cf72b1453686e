/** Playing a conversation with a cluster of the twin: what is heard in each exchange, and what was wrong with all of it. */

import { type Conversation, TalkError } from "../../../talk/talk-file.ts"
import { say } from "./commands.test-support.ts"
import { TalkCluster, TalkProblem } from "./talk-cluster.test-support.ts"
import type { ClusterOptions } from "./twin.test-support.ts"

export interface Played {
  readonly heard: ReadonlyArray<ReadonlyArray<string>>
  readonly faults: ReadonlyArray<string>
}

/** What stands where nothing is heard, so that silence is seen to be meant. */
const silence = "(nothing)"

export const playBuilding = async (
  { file, exchanges }: Conversation,
  options: ClusterOptions = {}
): Promise<Played> => {
  const talk = new TalkCluster(options)
  const heard: Array<ReadonlyArray<string>> = []
  for (const { commands } of exchanges) {
    const lines: Array<string> = []
    for (const { text, number } of commands) {
      try {
        lines.push(...(await say(talk, text)))
      } catch (thrown) {
        throw thrown instanceof TalkProblem ? new TalkError(file, number, thrown.message) : thrown
      }
    }
    heard.push(lines.length === 0 ? [silence] : lines)
  }
  return { heard, faults: talk.faults() }
}
