const [dark, light] = [0, 255]

/** A QR code with its quiet zone as a picture of one pixel a square. Frames are missed anyhow: the least correction. */
export async function codePicture(text: string): Promise<ImageData> {
  const { encode } = await import('uqr')
  const { data, size } = encode(text, { ecc: 'L', border: 4 })
  const pixels = data.flat().flatMap((isDark) => {
    const luma = isDark ? dark : light
    return [luma, luma, luma, 255]
  })
  return new ImageData(Uint8ClampedArray.from(pixels), size, size)
}
