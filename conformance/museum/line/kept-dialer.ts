/** A process that is called again and again: starting it takes longer than most calls. */
import type { Dialer, Link, LinkEars } from "../../transport/link.ts"

/** Calls that come sooner than this after another are answered by the same process: the battery in process goes on between two. */
const patienceMs = 5_000

/** The same process for every call, as long as calls come and nothing is owed to an earlier one. */
export const keptDialer = (dialer: Dialer): Dialer => {
  let kept: KeptLink | undefined
  return {
    way: dialer.way,
    target: dialer.target,
    dial: () => {
      if (kept?.isFree !== true) kept = new KeptLink(dialer.dial())
      return kept.call()
    }
  }
}

class KeptLink {
  private readonly link: Link
  private ears: LinkEars | undefined
  private isOver = false
  /** Lines that were sent and not answered. */
  private owed = 0
  private timer: NodeJS.Timeout | undefined

  constructor(link: Link) {
    this.link = link
    link.listen({
      line: (text) => {
        this.owed--
        this.ears?.line(text)
      },
      tooLong: (beginning) => this.ears?.tooLong(beginning),
      notText: (line) => this.ears?.notText(line),
      ended: (ending) => {
        this.isOver = true
        this.ears?.ended(ending)
      }
    })
  }

  get isFree(): boolean {
    return !this.isOver && this.ears === undefined
  }

  call(): Link {
    clearTimeout(this.timer)
    return {
      way: this.link.way,
      send: (line) => {
        // A goodbye is not answered, and is said to the process only at its end.
        if (line.includes('"op":"bye"')) return
        this.owed++
        this.link.send(line)
      },
      listen: (ears) => {
        this.ears = ears
      },
      log: () => this.link.log(),
      close: () => this.release()
    }
  }

  /** Whoever is still owed an answer would hand it to the next caller. */
  private async release(): Promise<void> {
    const { ears, owed, isOver } = this
    if (isOver) return
    if (owed > 0) return await this.link.close()
    this.ears = undefined
    ears?.ended({ how: "closed", log: this.link.log() })
    this.timer = setTimeout(() => {
      this.isOver = true
      void this.link.close()
    }, patienceMs)
  }
}
