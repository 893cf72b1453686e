/** Where the large arrays of an exploration live: in one thread's memory, or in memory that workers share. */

/** Gives arrays by name. Asked again for a name, with a length at least as large, it gives an array with the same beginning. */
export interface Arrays {
  ints(name: string, length: number): Int32Array
}

/** Arrays of this thread alone. */
export const ownArrays = (): Arrays => {
  const held = new Map<string, Int32Array>()
  return {
    ints: (name, length) => {
      const before = held.get(name)
      if (before !== undefined && before.length === length) return before
      const after = new Int32Array(length)
      if (before !== undefined) after.set(before)
      held.set(name, after)
      return after
    }
  }
}

/** A copy with room for `length` numbers. */
export const longer = (array: Int32Array, length: number): Int32Array => {
  const copy = new Int32Array(length)
  copy.set(array)
  return copy
}
