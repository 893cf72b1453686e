/** Cells: the parts of a global state. A state is one value for each. */

/**
 * One part of the global state, changed only by operations.
 *
 * Values and operations are plain data whose JSON text is their identity: build equal values with equal key order.
 */
export interface Cell<A, Op> {
  readonly name: string
  readonly init: A
  apply(value: A, op: Op): A
}

/** A named, small projection of a cell, computed once per cell value. A rule that reads a view depends on no more than it. */
export interface View<A, B> {
  readonly cell: Cell<A, unknown>
  readonly name: string
  of(value: A): B
}

/** What a rule may read: a whole cell or a view of one. */
export type Read<B> = Cell<B, unknown> | View<unknown, B>

/** One operation on one cell. */
export interface Write {
  readonly cell: Cell<unknown, unknown>
  readonly op: unknown
}

/** The operation `op` on `cell`. */
export const write = <A, Op>(cell: Cell<A, Op>, op: Op): Write => ({ cell, op })

/** A view of a cell. */
export const view = <A, Op, B>(cell: Cell<A, Op>, name: string, of: (value: A) => B): View<A, B> => ({ cell, name, of })

/** Whether what is read is a view, and not a whole cell. */
export const isView = (read: Read<unknown>): read is View<unknown, unknown> => "of" in read

/** A cell that one role owns and sets. */
export const register = <A>(name: string, init: A): Cell<A, A> => ({ name, init, apply: (_, next) => next })

/** A number of times that something may still happen. */
export const budget = (name: string, times: number): Cell<number, "spend"> => ({
  name,
  init: times,
  apply: (left) => {
    if (left === 0) throw new RangeError(`budget ${name} is spent, yet a rule spent it once more`)
    return left - 1
  }
})
