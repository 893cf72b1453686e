/** Nodes without a fence: work of a session that is over is admitted, and no barrier waits for it. */

import { ToldRegistry } from "../../../impl/sessions/node/told-registry.ts"
import type { Guard } from "../../../impl/sessions/registry/guard.ts"
import { Session } from "../../../impl/sessions/registry/session.ts"
import type { SessionId } from "../../../spec/sessions/ids.ts"
import { startWithRegistries } from "./start-with-registries.ts"

/** Lets everybody in, whatever the id: into a session of its own, which nothing ever closes and no drain knows of. */
class OpenRegistry extends ToldRegistry {
  override enter(id: SessionId): Guard {
    return new Session(id).enter()
  }
}

export const startUnfenced = startWithRegistries(OpenRegistry)
