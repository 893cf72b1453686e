/** Playing a conversation with clusters: what is heard in each exchange. */
import { type Conversation, TalkError } from "../../../../talk/talk-file.ts"
import type { ClusterAdapter } from "../cluster-under-test.ts"
import { say } from "./commands.ts"
import { TalkCluster, TalkProblem } from "./talk-cluster.ts"

/** What stands where nothing is heard, so that silence is seen to be meant. */
const silence = "(nothing)"

export const playCluster = async (
  { file, exchanges }: Conversation,
  adapter: ClusterAdapter
): Promise<ReadonlyArray<ReadonlyArray<string>>> => {
  const cluster = new TalkCluster(adapter)
  try {
    const heard: Array<ReadonlyArray<string>> = []
    for (const { commands } of exchanges) {
      const lines: Array<string> = []
      for (const { text, number } of commands) {
        try {
          lines.push(...(await say(cluster, text)))
        } catch (thrown) {
          throw thrown instanceof TalkProblem ? new TalkError(file, number, thrown.message) : thrown
        }
      }
      heard.push(lines.length === 0 ? [silence] : lines)
    }
    return heard
  } finally {
    await cluster.end()
  }
}
