import { describe } from "vitest"
import { chapterClaims, freshText } from "../chapter-claims.test-support.ts"
import { lawNumbers } from "./laws-text.ts"
import { makePart } from "./parts.ts"

const place = new URL("../../../spec/sessions/README.md", import.meta.url)
const chapter = { protocol: "sessions", place, makePart, lawNumbers }
const fresh = freshText(chapter)

describe("sessions: chapter", () => chapterClaims(chapter, fresh))
