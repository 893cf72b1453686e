/** The honest twins: imperative implementations that never saw the model. */
export * as dcp from "./dcp/index.ts"
export { type Clock, systemClock, VirtualClock } from "./runtime/clock.ts"
export { connectTcp } from "./runtime/connect-tcp.ts"
export type { CommonExit, ExitReason } from "./runtime/exit.ts"
export { MemorySocket, type MemorySocketOptions } from "./runtime/memory-socket.ts"
export type { CallOptions } from "./runtime/process.ts"
export type { Socket } from "./runtime/transport.ts"
