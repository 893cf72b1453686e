/** Beginnings of stories that several examples share: a migration from A to B, as far as it has come. */
import { does, goesOver, moving, says, still } from "../histories.test-support.ts"

export const way = { from: ["A.0"], to: ["B.0"] }
export const withX = { ...way, session: "x" }
export const idle = says(1, [still("A.0")])
export const allowed = [idle, says(2, [moving("allow_write_both_read_old", way)])]
export const both = [...allowed, says(3, [moving("write_both_read_old", withX)])]
/** The session is set, and every shard has opened it. */
export const open = [
  idle,
  says(2, [moving("write_both_read_old", withX)]),
  goesOver("A.0", 2, "x"),
  goesOver("B.0", 2, "x")
]
export const moves = [...open, says(3, [moving("streaming", withX)])]
/** Data has moved, and the session is gone. */
export const cleared = [...moves, says(4, [moving("write_both_read_new", way)])]
/** Both nodes do a command at a position. */
export const bothDo = (index: number, at: number) => [...does("A", index, at), ...does("B", index, at)]
