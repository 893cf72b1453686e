/** How the words of a node on its way to group 0 read in stories. */
import type { Calls, NodeInput, NodeSaid, Question } from "../../../model/raft-upgrade/node/words.ts"
import type { SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { sentenceOf } from "../../report/raft-upgrade/said.ts"
import { saidOf } from "../../report/raft-upgrade/upgrade-words.ts"

const questions: Readonly<Record<Question, string>> = {
  state: "how far it is",
  version: "its version",
  schema: "its schema",
  peers: "whom it knows",
  letIn: "to be let in",
  begin: "to begin its group",
  barrier: "for all commands",
  commit: "to have its command agreed on"
}

const answers: Readonly<Record<"letIn" | "begin" | "barrier" | "commit", string>> = {
  letIn: "lets it in",
  begin: "has begun its group",
  barrier: "has told it all commands",
  commit: "has its command agreed on"
}

const schemaWords = (schema: SchemaSet): string => `{${schema.join(", ")}}`

/** What happens to a node, such as `C says that it is in synchronize`. */
export const describeNodeInput = (input: NodeInput): string => {
  switch (input._tag) {
    case "Begins":
      return "the node begins"
    case "Falls":
      return "the node falls"
    case "StateAnswered":
      return `${input.by} says that it is in ${input.state}${input.group === null ? "" : `, of group ${input.group}`}`
    case "VersionAnswered":
      return `${input.by} tells the version of ${schemaWords(input.schema)}`
    case "SchemaAnswered":
      return `${input.by} gives its schema ${schemaWords(input.schema)}`
    case "PeersAnswered": {
      const { by, answer } = input
      if (answer._tag === "None") return `${by} has nothing to say`
      return answer._tag === "Group"
        ? `${by} tells of group ${answer.group}`
        : `${by} knows ${answer.peers.map(({ node }) => node).join(", ")}`
    }
    case "Granted":
      return `${input.by} ${answers[input.what]}`
    case "Fails":
      return `${input.to}, asked ${questions[input.what]}, does not answer`
    case "PauseEnds":
      return "it is time to try again"
    case "PatienceEnds":
      return "a change has waited for ten seconds"
    case "Configured":
      return `the group is ${input.members.join(", ")}`
    case "Commanded":
      return `${input.effective ? "the next" : "an overtaken"} command of the group comes: ${input.mutation}`
    case "Edited":
      return "its disk is changed by hand"
    case "StateAsked":
      return `${input.by} asks how far it is`
    case "PeersAsked":
      return `${input.by} asks whom it knows`
    case "Pushed":
      return `${input.by} pushes ${schemaWords(input.schema)}`
    case "Change":
      return `a client asks for ${input.mutation} (operation ${input.operation})`
    case "GoesOn":
      return "what was merged is sent to all"
  }
}

export const describeCall = ({ to, what }: Calls): string => `asks ${to} ${questions[what]}`

/** What a node says, whether it is a call or what it tells of itself. */
export const describeNodeSaid = (said: NodeSaid): string =>
  said._tag === "Calls" ? describeCall(said) : sentenceOf([saidOf(said)])
