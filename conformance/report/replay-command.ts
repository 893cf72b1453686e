/** What to type to see a story again. */

/** Whether a token is about an adapter, which has to be there when it is played. */
export const isOfAdapter = (token: string): boolean => /^regression[0-9]+\./.test(token)

/** The command that plays a token. A report does not know how the adapter is started where somebody reads it. */
export const replayCommand = (token: string): string =>
  isOfAdapter(token) ? `portcullis check --adapter CMD --replay ${token}` : `portcullis replay ${token}`
