/** The page of worked frames: what a writer of an adapter holds beside the editor. */
import { errorCodes, errorTable } from "../../conformance/protocol/error-table.ts"
import { maxDepth, maxLineBytes } from "../../conformance/protocol/limits.ts"
import { consumerFrames, discoveryFrames, registryFrames, workerFrames } from "./frames.ts"

const errorRows = errorCodes.map(
  (code) => `| \`${code}\` | ${errorTable[code].definite ? "yes" : "no"} | ${errorTable[code].when} |`
)

/** The whole page. */
export const framesPage = async (): Promise<string> => `# Frames, as they go over the line

Generated: \`UPDATE_DOCS=1 npx vitest run docs/kit\`. Each conversation was held with an implementation of ours;
\`→\` is the kit, \`←\` the adapter. One JSON object a line, UTF-8, at most ${maxLineBytes} bytes and ${maxDepth} levels deep; stdout
is for frames alone, and whatever goes to stderr is kept and shown when something is wrong.

## Rules

- Every request has an \`id\` and an \`op\`, and is answered once, by \`{"id":…,"ok":{…}}\` or \`{"id":…,"err":{"code":…,"message":…}}\`.
  Only \`bye\` has no answer. Requests may be written before the last one is answered; take them one by one, in order.
- Ignore fields that you do not know. Answer an \`op\` that you do not know with \`unsupported\`.
- \`hello\` is answered with the version chosen, who the implementation is, its roles and its capabilities. What is not in \`caps\`
  is absent. Required are \`hello\`, \`start\`, \`input\` and \`bye\`; \`caps\` may be left out altogether.
- \`start\` makes a fresh implementation. Once it is answered, nothing of the life before may come any more. \`epoch\` numbers the lives.
- \`input\` is answered with everything that the implementation put out because of it, in order. An implementation that dies says so by
  the output of its role where there is one (\`Crash\`), or by \`"crash":{"why":null}\` beside \`outputs\`. After that it is not
  asked again until the next \`start\`; answer \`not-ready\` if it is.
- \`observe\` shows what may be seen of its state (\`caps.ops\` has \`observe\`, \`caps.observe\` the names); \`{"$":"ignore"}\` stands for what
  nobody can see.
- \`inputs\` (\`caps.batch\`) is a \`start\`, a sequence of inputs and the names to observe after each, in one frame. \`outputs\` has one list
  for each input, cut short at a death: the last list is of the input that it died of. With \`observe\`, \`states\` has one entry
  for each list, \`null\` for the dead.

## Errors

Definite: what was asked did not happen, and will not.

| code | definite | when |
|---|---|---|
${errorRows.join("\n")}

## sessions/registry

\`\`\`text
${await registryFrames()}
\`\`\`

## dcp/consumer-connection

\`\`\`text
${await consumerFrames()}
\`\`\`

## view-building/worker

\`\`\`text
${await workerFrames()}
\`\`\`

## raft-upgrade/discovery

\`\`\`text
${await discoveryFrames()}
\`\`\`
`
