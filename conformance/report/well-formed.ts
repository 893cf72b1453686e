/** A small judge of markup for the tests of this folder: tags balance, and no character is bare that must not be. */

const token = /<!doctype html>|<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g

const entity = /&(?:amp|lt|gt|quot|#39);/g

/** What is wrong with the markup, or nothing. Style sheets are text like any other. */
export const malformation = (markup: string): string | undefined => {
  const open: Array<string> = []
  for (const [, closing, name = "", , empty] of markup.matchAll(token)) {
    if (name === "" || empty === "/") continue
    if (closing === "") open.push(name)
    else if (open.pop() !== name) return `</${name}> closes something else`
  }
  if (open.length > 0) return `<${open.join("><")}> is never closed`
  const text = markup.replace(token, "").replace(entity, "")
  return /[<&]/.test(text) ? `bare ${text.slice(Math.max(0, text.search(/[<&]/) - 20)).slice(0, 60)}` : undefined
}
