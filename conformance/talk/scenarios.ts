/** The golden conversations of a protocol, as files. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type Conversation, parseTalk, printTalk } from "./talk-file.ts"

const folder = (protocol: string): URL => new URL(`../../spec/${protocol}/scenarios/`, import.meta.url)

/** The names of a protocol's conversations, in alphabetical order. */
export const scenarioNames = (protocol: string): ReadonlyArray<string> =>
  readdirSync(folder(protocol))
    .filter((name) => name.endsWith(".talk"))
    .map((name) => name.slice(0, -".talk".length))
    .sort()

const place = (protocol: string, name: string): string => fileURLToPath(new URL(`${name}.talk`, folder(protocol)))

/** The text of a conversation. */
export const readScenario = (protocol: string, name: string): string => readFileSync(place(protocol, name), "utf8")

/** A conversation, read. Throws `TalkError` for one that breaks the layout. */
export const scenario = (protocol: string, name: string): Conversation =>
  parseTalk(`spec/${protocol}/scenarios/${name}.talk`, readScenario(protocol, name))

/** Writes a conversation down again with what was heard this time. */
export const rewriteScenario = (
  protocol: string,
  name: string,
  conversation: Conversation,
  heard: ReadonlyArray<ReadonlyArray<string>>
): void => writeFileSync(place(protocol, name), printTalk(conversation, heard))
