export interface StorageKeeper {
  /** Asks the browser to keep what the app stored; null where it can't be asked. */
  persist(): Promise<boolean | null>
  /** Bytes; null where unknown. */
  estimate(): Promise<{ usage: number; quota: number } | null>
}

export const browserStorage: StorageKeeper = {
  async persist() {
    try {
      const keeper = navigator.storage
      return (await keeper.persisted()) || (await keeper.persist())
    } catch {
      return null
    }
  },
  async estimate() {
    try {
      const { usage, quota } = await navigator.storage.estimate()
      return usage === undefined || quota === undefined ? null : { usage, quota }
    } catch {
      return null
    }
  },
}

/** A few words outside the database, so that its loss can be noticed. Every call may silently do nothing. */
export interface Mirror {
  read(): string | null
  write(text: string): void
}

const mirrorIn =
  (place: () => Storage) =>
  (key: string): Mirror => ({
    read() {
      try {
        return place().getItem(key)
      } catch {
        return null
      }
    },
    write(text) {
      try {
        place().setItem(key, text)
      } catch {
        // A full or forbidden storage takes only the warning away, never an entry.
      }
    },
  })

export const localMirror = mirrorIn(() => localStorage)
/** Goes when the app is closed. */
export const sessionMirror = mirrorIn(() => sessionStorage)
