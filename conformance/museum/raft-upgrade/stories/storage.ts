/** Stories of nodes that stop and come back, and of what they find. */
import { bootAll, bootUpTo, changes, goesOn, reached, type Story } from "../story.ts"
import { ask, begun, places } from "./scenes.ts"

const { inSynchronize } = places
const all = ["A", "B", "C"]

export const storage: ReadonlyArray<Story> = [
  {
    name: "all nodes come back in synchronize, one after another",
    happens: async (cluster) => {
      await bootUpTo(cluster, inSynchronize)
      await reached(cluster, inSynchronize, ...all)
      for (const name of all) await cluster.restart(name)
      await cluster.pass(2_000)
      goesOn(cluster, inSynchronize, ...all)
      await cluster.until(() => cluster.hasArrived(...all))
      await cluster.restart("A")
      await changes(cluster, "A", "m")
    }
  },
  {
    name: "a node that uses group 0 comes back, and a client is there already",
    happens: async (cluster) => {
      await begun(cluster)
      await cluster.crash("A")
      await cluster.boot("A")
      await ask(cluster, cluster.change("A", "m"))
    }
  },
  {
    name: "one of three that use group 0 is lost, and a client comes",
    happens: async (cluster) => {
      await begun(cluster)
      await cluster.lose("C")
      await ask(cluster, cluster.change("A", "m"))
    }
  },
  {
    name: "a node is told to stop while another does not answer it",
    happens: async (cluster) => {
      const answers = cluster.hold(/A to C: GetUpgradeState/)
      await bootAll(cluster)
      await cluster.pass(2_000)
      cluster.on("A").stop()
      await cluster.pass(10_000)
      await cluster.crash("A")
      answers()
    }
  }
]
