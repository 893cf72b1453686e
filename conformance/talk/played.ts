/** Playing a conversation: each line is said, and what is heard is kept exchange by exchange. */
import { TalkProblem } from "./deeds.ts"
import { type Conversation, TalkError } from "./talk-file.ts"

/** What stands where nothing is heard, so that silence is seen to be meant. */
const silence = "(nothing)"

/** What is heard in each exchange. Throws `TalkError` with the place of a line that says nothing, or what cannot be done. */
export const heardIn = async (
  { file, exchanges }: Conversation,
  say: (line: string) => Promise<ReadonlyArray<string>>
): Promise<ReadonlyArray<ReadonlyArray<string>>> => {
  const heard: Array<ReadonlyArray<string>> = []
  for (const { commands } of exchanges) {
    const lines: Array<string> = []
    for (const { text, number } of commands) {
      try {
        lines.push(...(await say(text)))
      } catch (thrown) {
        throw thrown instanceof TalkProblem ? new TalkError(file, number, thrown.message) : thrown
      }
    }
    heard.push(lines.length === 0 ? [silence] : lines)
  }
  return heard
}
