import { saveAsFile } from './saveAsFile.ts'

/** Hands a text file over by the system's share sheet; where there is none, the browser saves it. */
export async function shareFile(name: string, text: string): Promise<'shared' | 'saved' | 'cancelled'> {
  const files = [new File([text], name, { type: 'text/plain' })]
  if (typeof navigator.canShare !== 'function' || !navigator.canShare({ files })) {
    saveAsFile(name, 'text/plain', text)
    return 'saved'
  }
  try {
    await navigator.share({ files })
    return 'shared'
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return 'cancelled'
    saveAsFile(name, 'text/plain', text)
    return 'saved'
  }
}
