/** What a label of the way to group 0 says, so that a story can be read by whoever has not seen the code. */
import type { RaftUpgradeLabel, SchemaCause } from "../../../spec/raft-upgrade/labels.ts"
import type { ExchangeAnswer, Found } from "../../../spec/raft-upgrade/messages.ts"
import { synchronize, upgradeStates } from "../../../spec/raft-upgrade/states.ts"
import { listed } from "../sessions/words.ts"
import { type Said, said } from "./said.ts"
import {
  editWords,
  failureWords,
  membersWords,
  peersWords,
  refusalWords,
  schemaWords,
  stateMeaning,
  stateName,
  stepOver,
  stepTried,
  wish
} from "./upgrade-names.ts"

const operator = "the operator"

/** What a disk has that matters, in a few words. */
const foundWords = ({ state, group, schema }: Found): string => {
  const has = [
    ...(state === null || upgradeStates.some((known) => known === state) ? [] : [`the state "${state}"`]),
    ...(group === null ? [] : [`group ${group}`]),
    ...(schema.length === 0 ? [] : [`schema ${schemaWords(schema)}`])
  ]
  return has.length === 0 ? "with no group on its disk" : `with ${listed(has)} on its disk`
}

const nodeWords = (label: RaftUpgradeLabel): Said | undefined => {
  switch (label._tag) {
    case "Booted":
      return said(label.node, `begins in ${stateName[label.state]}, ${foundWords(label.found)}`)
    case "Stopped":
      return said(label.node, "stops")
    case "Crashed":
      return said(label.node, `ends itself: ${label.why}`)
    case "BecameNormal":
      return said(label.node, label.fresh ? "is new on the ring" : "is on the ring")
    case "PeersKnown":
      return said(label.node, `takes ${listed(label.peers)} for its peers`)
    case "FeatureSeen":
      return said(label.node, "sees that every node knows of group 0")
    case "Elapsed":
      return said(`${label.ms} ms`, "pass")
    default:
      return undefined
  }
}

const wayWords = (label: RaftUpgradeLabel): Said | undefined => {
  switch (label._tag) {
    case "StateStored":
      return label.state === synchronize
        ? said(label.node, "stores synchronize: nobody begins a schema change here any more")
        : said(label.node, `stores ${stateName[label.state]}`)
    case "StateEntered":
      return said(label.node, `goes by ${stateName[label.state]}: ${stateMeaning[label.state]}`)
    case "FiberBegan":
      return said(label.node, `sets out for group 0 from ${stateName[label.from]}`)
    case "RetryIn":
      return said(label.node, `${stepTried[label.step]} in ${label.ms} ms (round ${label.round})`)
    case "StepEnded":
      return said(label.node, stepOver[label.step])
    case "FinishedEarly":
      return said(label.node, `waits no more: ${label.of} is through, so everybody was ready`)
    case "FiberFailed":
      return said(label.node, `gives up until it is restarted: ${label.why}`)
    case "StateTold":
      return said(label.node, `tells ${label.to} that it is in ${stateName[label.state]}`)
    case "StateHeard":
      return said(
        label.node,
        label.state === null
          ? `hears nothing of how far ${label.of} is`
          : `hears that ${label.of} is in ${stateName[label.state]}`
      )
    case "VersionHeard":
      return said(
        label.node,
        label.version === null
          ? `hears nothing of the schema of ${label.of}`
          : `hears which schema ${label.of} has: ${label.version === "" ? "none" : label.version}`
      )
    default:
      return undefined
  }
}

const answerWords = (answer: ExchangeAnswer): string => {
  switch (answer._tag) {
    case "None":
      return "that it has nothing to tell"
    case "Peers":
      return `whom it knows: ${peersWords(answer.peers)}`
    case "Group":
      return `of group ${answer.group}`
  }
}

const heardWords = (of: string, answer: ExchangeAnswer): string => {
  switch (answer._tag) {
    case "None":
      return `hears that ${of} has nothing to tell`
    case "Peers":
      return `hears whom ${of} knows: ${peersWords(answer.peers)}`
    case "Group":
      return `hears of group ${answer.group} from ${of}`
  }
}

const discoveryWords = (label: RaftUpgradeLabel): Said | undefined => {
  switch (label._tag) {
    case "ServerStored":
      return said(label.node, `makes itself an identity: server ${label.server}`)
    case "DiscoveryBegan":
      return said(label.node, "looks for the group")
    case "PeersStored":
      return said(label.node, `stores whom it has heard of: ${peersWords(label.peers)}`)
    case "ExchangeAsked":
      return said(
        label.node,
        label.peers.length === 0
          ? `asks ${label.to} for the group`
          : `tells ${label.to} whom it knows: ${peersWords(label.peers)}`
      )
    case "ExchangeAnswered":
      return said(label.node, `tells ${label.to} ${answerWords(label.answer)}`)
    case "ExchangeHeard":
      return said(
        label.node,
        label.answer === null ? `gets no answer of ${label.of}` : heardWords(label.of, label.answer)
      )
    case "Led":
      return said(label.node, `takes it on itself to create the group, and names it ${label.group}`)
    case "GroupFound":
      return said(label.node, `has found group ${label.group} by way of ${label.via}`)
    default:
      return undefined
  }
}

const membershipWords = (label: RaftUpgradeLabel): Said | undefined => {
  switch (label._tag) {
    case "StorageMade":
      return said(
        label.node,
        `makes its first snapshot of group ${label.group} (index ${label.index}${label.index === 0 ? ", as good as none" : ""})`
      )
    case "ServerStarted":
      return said(label.node, `starts its server of group ${label.group}`)
    case "GroupStored":
      return said(label.node, `stores that its group is ${label.group}`)
    case "ReconfigurationAsked": {
      const { node, via, purpose, of } = label
      return said(node, `asks ${via === node ? "" : `${via} `}${wish(purpose, node, of, `group ${label.group}`)}`)
    }
    case "ReconfigurationEnded":
      return said(
        label.node,
        label.failure === null
          ? "is told that it is done"
          : `is not told that it is done: ${failureWords[label.failure]}`
      )
    case "Reconfigured":
      return said(`group ${label.group}`, `is ${membersWords(label.configuration)} from now on`)
    case "ConfigurationLearned":
      return said(label.node, `learns who is in group ${label.group}: ${membersWords(label.configuration)}`)
    default:
      return undefined
  }
}

const causeWords: Readonly<Record<SchemaCause, string>> = {
  old: "merges the change",
  push: "merges what was pushed",
  pull: "pulls another's schema",
  sync: "takes in another's schema",
  command: "merges the command's change",
  snapshot: "takes over the snapshot's schema"
}

const schemaLabelWords = (label: RaftUpgradeLabel): Said | undefined => {
  switch (label._tag) {
    case "OperationBegan": {
      const path = label.path === "group0" ? "by group 0" : `on the old path, in ${stateName[label.state]}`
      return said(label.node, `begins schema change ${label.mutation} ${path} (operation ${label.operation})`)
    }
    case "OperationRefused":
      return said(label.node, `turns operation ${label.operation} away: ${refusalWords[label.reason]}`)
    case "OperationEnded":
      return said(label.node, `acknowledges operation ${label.operation}`)
    case "PushSent":
      return said(label.node, `pushes ${schemaWords(label.schema)} to ${label.to}`)
    case "CommandCommitted":
      return said(
        `group ${label.group}`,
        `agrees on command ${label.next} of ${label.by}: ${label.mutation}, for whoever is at ${label.previous ?? "the beginning"}`
      )
    case "CommandApplied":
      return said(
        label.node,
        label.effective
          ? `applies command ${label.next}`
          : `comes to command ${label.next}, and it changes nothing here: the history does not fit`
      )
    case "SnapshotLoaded":
      return said(
        label.node,
        `loads a snapshot of group ${label.group}, with all up to ${label.history === null ? "no command" : `command ${label.history}`}`
      )
    case "SchemaIs":
      return said(label.node, `${causeWords[label.by]}: it has ${schemaWords(label.schema)}`)
    default:
      return undefined
  }
}

const operatorWords = (label: RaftUpgradeLabel): Said | undefined => {
  switch (label._tag) {
    case "LeftRing":
      return label.by === label.node
        ? said(label.node, "leaves the ring")
        : said(label.by, `takes ${label.node} off the ring`)
    case "DeclaredLost":
      return said(operator, `has made sure that ${label.node} is dead and does not return`)
    case "Edited":
      return said(operator, editWords(label.edit, label.node))
    default:
      return undefined
  }
}

/** What is said of a label. Every label is of one of these kinds; one of none would tell its name. */
export const saidOf = (label: RaftUpgradeLabel): Said =>
  nodeWords(label) ??
  wayWords(label) ??
  discoveryWords(label) ??
  membershipWords(label) ??
  schemaLabelWords(label) ??
  operatorWords(label) ??
  said(label._tag, "")
