/** A node's disk: texts by name, each replaced as a whole. */
export interface Disk {
  /** What is there under a name, if anything is. Rejects with `DamagedFile` where that is not what was written. */
  read(name: string): Promise<string | undefined>
  /** Resolves when the text is there for good. */
  write(name: string, text: string): Promise<void>
  names(): Promise<ReadonlyArray<string>>
  /** What a name is called in a complaint about it. */
  where(name: string): string
}
