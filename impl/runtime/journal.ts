/** What a process tells of itself: the labels that laws judge a run by. */

/** Takes labels in the order in which they happen here. It must not wait, or it would change what it tells. */
export type Journal<Label> = (label: Label) => void
