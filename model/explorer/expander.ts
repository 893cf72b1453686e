/** The two ways of expanding states: by loops, or by code written out for a system. */
import type { Compiled } from "./compile.ts"
import { expandCode } from "./expand-code.ts"
import { expandLoops } from "./expand-loops.ts"
import type { Expand } from "./expanding.ts"
import type { Layout } from "./layout.ts"
import type { Programs } from "./programs.ts"

/** Code written out for a small system pays after about as many states. */
export const manyStates = 1 << 17

/** Views, tuples, groups of rules and laws beyond which compilers take ever longer, and what they write ever later. */
const mostParts = 64

/** Whether a system reads so little that code written out for it is the fastest. */
export const isSmall = <L>({ footprints, rules, always }: Compiled<L>): boolean =>
  footprints.views.length + footprints.tuples.length + rules.length + always.length <= mostParts

/** What expands the states of a compiled system under a layout. Throws where generating code is not allowed. */
export const expander = <L>(
  compiled: Compiled<L>,
  programs: Programs<L>,
  layout: Layout,
  writtenOut: boolean
): Expand => (writtenOut ? expandCode : expandLoops)(compiled, programs, layout)
