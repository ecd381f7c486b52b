/** A cursor is opaque to a client: only the server reads it. Text: `epoch.logbook.seq`, base64url of nothing personal. */
export interface Cursor {
  epoch: string
  logbook: string
  seq: number
}

export const writeCursor = ({ epoch, logbook, seq }: Cursor): string => `${epoch}.${logbook}.${seq}`

/** Null where the text is no cursor. */
export function readCursor(text: string): Cursor | null {
  const [epoch, logbook, seq, ...rest] = text.split('.')
  const number = Number(seq)
  if (!epoch || !logbook || !seq || rest.length > 0 || !Number.isSafeInteger(number) || number < 0)
    return null
  return { epoch, logbook, seq: number }
}
