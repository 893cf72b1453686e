/** The museums that there are. */
export { museums } from "../museum/index.ts"
