/** The whole museum behind lines, in the order in which it is shown in process. */

import type { Served } from "../../remote/serve.ts"
import { museums } from "../index.ts"
import { type Exhibit, nameOf } from "./exhibit.ts"
import { histories } from "./histories.ts"
import { roleExhibits } from "./roles.ts"
import { simulations } from "./simulations.ts"
import { timing } from "./timing.ts"

const made = new Map([...roleExhibits, ...simulations, ...histories, timing].map((one) => [nameOf(one), one]))

/** Throws `TypeError` for a name that is none. */
export const exhibitNamed = (name: string): Exhibit => {
  const exhibit = made.get(name)
  if (exhibit === undefined) throw new TypeError(`nobody serves ${name}`)
  return exhibit
}

export const exhibits: ReadonlyArray<Exhibit> = museums.flatMap(({ protocol, mutants }) =>
  mutants.map(({ id }) => exhibitNamed(`${protocol} ${id}`))
)

/** All of them in one place: whoever starts one says which. */
export const everything = (): ReadonlyArray<Served> => {
  const all = exhibits.flatMap(({ served }) => served)
  return [...new Set(all.map(({ role }) => role))].map((role): Served => {
    const likes = all.filter((one) => one.role === role)
    return {
      role,
      name: "the museum",
      observes: [...new Set(likes.flatMap(({ observes }) => observes))],
      ...(likes.some(({ advances }) => advances) ? { advances: true } : {}),
      start: (config) => {
        const named = exhibitNamed(String(config.exhibit)).served.find((one) => one.role === role)
        if (named === undefined) throw new TypeError(`${config.exhibit} does not play ${role}`)
        return named.start(config)
      }
    }
  })
}
