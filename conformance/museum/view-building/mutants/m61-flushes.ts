import { FlushedBase } from "../../../../impl/view-building/worker/flushed-base.ts"
import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { ShardStorage, ShardSurroundings } from "../../../../impl/view-building/worker/surroundings.ts"
import type { TableId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

const withBase = (Made: new (parts: ShardSurroundings) => FlushedBase): typeof ShardWorker =>
  class extends ShardWorker {
    protected override flushing(parts: ShardSurroundings): FlushedBase {
      return new Made(parts)
    }
  }

class AwaitsStreams extends FlushedBase {
  protected override settled(storage: ShardStorage, base: TableId): Promise<void> {
    return storage.streams(base)
  }
}

class AwaitsWrites extends FlushedBase {
  protected override settled(storage: ShardStorage, base: TableId): Promise<void> {
    return storage.writes(base)
  }
}

class FlushesOnce extends FlushedBase {
  override needsFlushFor(): boolean {
    return false
  }
}

export const M61b = mutant(
  "M61b",
  {
    sentence: "A flush does not wait for writes that are on their way.",
    origin: "plausible",
    breaks: ["S17"],
    seenIn: "a view comes while writes are on their way that know nothing of it"
  },
  { machinery: { ShardWorker: withBase(AwaitsStreams) } }
)

export const M61c = mutant(
  "M61c",
  {
    sentence: "A flush does not wait for streams that are on their way.",
    origin: "plausible",
    breaks: ["S17"],
    seenIn: "a view comes while a stream is on its way that knows nothing of it"
  },
  { machinery: { ShardWorker: withBase(AwaitsWrites) } }
)

export const M61d = mutant(
  "M61d",
  {
    sentence: "A base is flushed when it comes in hand, and not again for a view that comes later.",
    origin: "plausible",
    breaks: ["S17"],
    seenIn: "another view comes behind a write that knows nothing of it"
  },
  { machinery: { ShardWorker: withBase(FlushesOnce) } }
)
