/** What may be asked about a cluster in a conversation. */
import type { Cluster } from "../../../../impl/raft-upgrade/node/local-cluster.ts"
import { stateName } from "../../../report/raft-upgrade/upgrade-names.ts"

interface Question {
  readonly form: RegExp
  readonly answer: (cluster: Cluster, ...words: ReadonlyArray<string>) => ReadonlyArray<string>
}

const or = (words: string, nothing: string): string => (words === "" ? nothing : words)

const running = (cluster: Cluster): ReadonlyArray<string> =>
  cluster.names.filter((name) => cluster.member(name).life !== undefined)

export const answers: ReadonlyArray<Question> = [
  {
    form: /^states\?$/,
    answer: (cluster) =>
      cluster.names.map((name) =>
        cluster.member(name).life === undefined ? `${name}: down` : `${name}: ${stateName[cluster.state(name)]}`
      )
  },
  {
    form: /^groups\?$/,
    answer: (cluster) =>
      running(cluster).map((name) => {
        const group = cluster.group(name)
        return group === null ? `${name} is in none` : `${name} is in group ${group}`
      })
  },
  {
    form: /^schemas\?$/,
    answer: (cluster) => running(cluster).map((name) => `${name} has ${or(cluster.schema(name).join(" "), "none")}`)
  },
  {
    form: /^members as (\w) knows\?$/,
    answer: (cluster, name = "") => {
      const known = cluster.of("ConfigurationLearned").filter(({ node }) => node === name)
      const members = known.at(-1)?.configuration.members ?? []
      return [or(members.map(({ node, voter }) => `${node}${voter ? "" : " without a vote"}`).join(", "), "none")]
    }
  }
]
