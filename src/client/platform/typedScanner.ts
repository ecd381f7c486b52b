/** Keys this close together (ms) come from a machine; nobody types so fast. */
const fastest = 40
const shortest = 5

export interface TypedScanner {
  /** Takes a key (as in KeyboardEvent.key) at a time in ms; answers the whole text when a scan ended with it. */
  key(key: string, at: number): string | null
  /** A machine is typing: the key taken last came right behind another. A space of its would press a button. */
  busy(): boolean
}

/** Hears hardware scanners, which type a code's text very fast and end it with Enter. */
export function createTypedScanner(): TypedScanner {
  let [text, last, fast] = ['', -Infinity, false]
  return {
    busy: () => fast,
    key(key, at) {
      fast = at - last <= fastest
      last = at
      if (key === 'Enter') {
        const scanned = fast && text.length >= shortest ? text : null
        text = ''
        return scanned
      }
      if ([...key].length === 1) text = fast ? text + key : key
      return null
    },
  }
}
