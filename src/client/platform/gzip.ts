export interface Packed {
  bytes: Uint8Array<ArrayBuffer>
  /** Value of `content-encoding`; null where the bytes are as they were. */
  encoding: 'gzip' | null
}

/** Gzips where the browser can; else gives the bytes back. */
export async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Packed> {
  if (typeof CompressionStream === 'undefined') return { bytes, encoding: null }
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return { bytes: new Uint8Array(await new Response(stream).arrayBuffer()), encoding: 'gzip' }
}
