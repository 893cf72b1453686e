/** One numbering of values for all workers: who meets a new value writes it down where all can read it. */
import type { Compiled } from "../compile.ts"
import type { Interner } from "../intern.ts"
import { alone, type SharedMemory, sharedArrays, word } from "./shared.ts"

/** Texts are kept as character codes; an entry is the number of its table, the length of its text, and the text. */
export class Vocabulary {
  private readonly interners: ReadonlyArray<Interner>
  private readonly memory: SharedMemory
  private readonly control: Int32Array
  private read = 0
  private log: Int32Array = new Int32Array(0)

  constructor({ cells, memories }: Compiled<never>, memory: SharedMemory) {
    this.memory = memory
    this.control = new Int32Array(memory.control)
    this.interners = [...cells, ...memories].map(({ values }) => values)
    for (const [table, interner] of this.interners.entries()) interner.sharedBy((value) => this.number(table, value))
  }

  /** Learns what the others have written down. */
  catchUp(): void {
    const end = Atomics.load(this.control, word.logged)
    if (end > this.log.length) this.log = sharedArrays(this.memory).ints("log", end)
    while (this.read < end) {
      const table = this.log[this.read]!
      const length = this.log[this.read + 1]!
      let text = ""
      for (let k = 0; k < length; k++) text += String.fromCharCode(this.log[this.read + 2 + k]!)
      this.interners[table]!.add(JSON.parse(text))
      this.read += 2 + length
    }
  }

  private number(table: number, value: unknown): number {
    return alone(this.control, () => {
      this.catchUp()
      const interner = this.interners[table]!
      const known = interner.known(value)
      if (known !== undefined) return known
      const number = interner.add(value)
      const text = JSON.stringify(value)
      const end = this.read + 2 + text.length
      if (end > this.log.length) this.log = sharedArrays(this.memory).ints("log", end * 2)
      this.log[this.read] = table
      this.log[this.read + 1] = text.length
      for (let k = 0; k < text.length; k++) this.log[this.read + 2 + k] = text.charCodeAt(k)
      this.read = end
      Atomics.store(this.control, word.logged, end)
      return number
    })
  }
}
