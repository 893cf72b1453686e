/**
 * Digests of texts and of sets of texts: 128 bits as four words, without any library, the same on any machine.
 *
 * They tell apart what differs by accident. They are no defence against someone who looks for a collision.
 */

/** Four words of 32 bits. */
export type Words = readonly [number, number, number, number]

const lanes = [0, 1, 2, 3] as const
const seeds = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]
const factors = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f]

const mixed = (word: number): number => {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return h ^ (h >>> 15)
}

const words = (of: (lane: 0 | 1 | 2 | 3) => number): Words => [of(0), of(1), of(2), of(3)]

/** In each lane: for each UTF-16 unit exclusive or, multiply, turn by 15 bits; at last mix. */
export const textDigest = (text: string): Words =>
  words((lane) => {
    let h = seeds[lane]!
    for (let k = 0; k < text.length; k++) {
      h = Math.imul(h ^ text.charCodeAt(k), factors[lane]!)
      h = (h << 15) | (h >>> 17)
    }
    return mixed(h ^ text.length)
  })

/** Adds up digests in any order. */
export class Sum {
  private readonly sum = new Int32Array(4)

  add(digest: Words): void {
    for (const lane of lanes) this.sum[lane]! += digest[lane]
  }

  clear(): void {
    this.sum.fill(0)
  }

  /** The sum as it is. */
  words(): Words {
    return words((lane) => this.sum[lane]!)
  }

  /** The sum with its lanes stirred into each other, so that sums of sums do not cancel out. */
  stirred(): Words {
    const { sum } = this
    return words((lane) => mixed((sum[lane]! + Math.imul(sum[(lane + 1) % 4]!, factors[lane]!)) | 0))
  }
}

/** 32 hexadecimal digits. */
export const hex = (digest: Words): string => digest.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("")
