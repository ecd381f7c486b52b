/** Carries short texts to every process on the same database, the sender too. They may be lost; nothing rests on them. */
export interface Channel {
  /** Resolves when they are on their way, or lost. */
  send(texts: readonly string[]): Promise<void>
  /** Answers the function that ends it. */
  listen(heard: (text: string) => void): () => void
}
