/** The model of DCP stream set-up: its scopes and the names that outsiders use. */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import type { ModelOf } from "../kernel/scope.ts"
import { scopes } from "./scopes.ts"

export const dcp: ModelOf<DcpLabel> = { protocol: "dcp", scopes }
