import { mutant } from "../mutant.ts"

/**
 * M41 kv drops an ADD_STREAM response that waits in the queue of a stream that ends. Dossier 2.8 a, kv_engine
 * consumer.cc streamEnd. Breaks L8.
 */
export const M41 = mutant(
  "M41",
  {
    breaks: ["L8"],
    origin: "dossier 2.8 a, kv_engine consumer.cc streamEnd",
    sentence: "kv drops an ADD_STREAM response that waits in the queue of a stream that ends."
  },
  { kv: ["droppedWithStream"] }
)
