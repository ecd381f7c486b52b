import { escapeZero } from './zero.ts'

/** Object ids of the elements' types, see `pg_type.dat`. */
const [text, int8] = [25, 20]

/** Bytes before the first element. */
const headBytes = 20

/**
 * A list of one column, as PostgreSQL's binary form of an array (`array_recv` in its `arrayfuncs.c`): number of
 * dimensions, whether there are nulls, the element's type, length and lower bound, then each element with its length.
 * As text each quote of a line would be escaped here and unescaped there, which cost more than the insert.
 * `bytes` has room behind the head for the elements, which the caller writes.
 */
function withHead(bytes: Buffer, type: number, length: number, nulls: boolean): Buffer {
  // One of no elements has no dimensions, so neither a length nor a lower bound.
  const some = length > 0
  for (const [i, number] of [some ? 1 : 0, nulls ? 1 : 0, type, length, 1].entries())
    bytes.writeInt32BE(number, i * 4)
  return some ? bytes : bytes.subarray(0, 12)
}

/** For a parameter of the type `text[]`. What stands in a row as in the one before is measured and written once. */
export function texts(values: readonly (string | null)[]): Buffer {
  const sizes = new Int32Array(values.length)
  let total = headBytes
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? null
    const again = i > 0 && value === values[i - 1]
    const size = again ? (sizes[i - 1] ?? -1) : value === null ? -1 : Buffer.byteLength(escapeZero(value))
    sizes[i] = size
    total += 4 + Math.max(size, 0)
  }
  const bytes = Buffer.allocUnsafe(total)
  let at = headBytes
  for (let i = 0; i < values.length; i++) {
    const [value, size] = [values[i] ?? null, sizes[i] ?? -1]
    bytes.writeInt32BE(size, at)
    at += 4
    if (value === null) continue
    if (i > 0 && value === values[i - 1]) bytes.copyWithin(at, at - 4 - size, at - 4)
    else bytes.write(escapeZero(value), at)
    at += size
  }
  return withHead(bytes, text, values.length, sizes.includes(-1))
}

/** For a parameter of the type `bigint[]`. */
export function integers(values: readonly (number | null)[]): Buffer {
  const nulls = values.filter((value) => value === null).length
  const bytes = Buffer.allocUnsafe(headBytes + values.length * 12 - nulls * 8)
  let at = headBytes
  for (const value of values) {
    at = bytes.writeInt32BE(value === null ? -1 : 8, at)
    if (value === null) continue
    const number = asInteger(value)
    const high = Math.floor(number / 2 ** 32)
    at = bytes.writeInt32BE(high, at)
    at = bytes.writeUInt32BE(number - high * 2 ** 32, at)
  }
  return withHead(bytes, int8, values.length, nulls > 0)
}

/** Numbers here are integers; a bound may be infinite, and a broken clock may say anything. */
export const asInteger = (value: number): number =>
  Math.trunc(Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER))
