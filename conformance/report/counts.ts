/** Numbers as people read them, the same in every locale. */

/** A count with its thousands apart: `1,745,408`. */
export const count = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ",")

/** Seconds with one decimal: `2.1`. */
export const seconds = (number: number): string => number.toFixed(1)
