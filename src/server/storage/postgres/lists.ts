import { escapeZero } from './zero.ts'

/** Object ids of the elements' types, see `pg_type.dat`. */
const [text, int8] = [25, 20]

/**
 * A list of one column, written as PostgreSQL's binary form of an array (`array_recv` in its `arrayfuncs.c`): number
 * of dimensions, whether there are nulls, the element's type, length and lower bound, then each element with its
 * length. As text each quote of a line would be escaped here and unescaped there, which cost more than the insert.
 */
function list<T>(
  type: number,
  values: readonly T[],
  sizeOf: (value: T) => number,
  write: (to: Buffer, at: number, value: T) => void,
): Buffer {
  const head = 20
  const sizes = values.map(sizeOf)
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), head))
  const some = values.length > 0
  for (const [i, number] of [some ? 1 : 0, sizes.includes(-1) ? 1 : 0, type, values.length, 1].entries())
    bytes.writeInt32BE(number, i * 4)
  let at = head
  for (const [i, value] of values.entries()) {
    const size = sizes[i] ?? -1
    bytes.writeInt32BE(size, at)
    at += 4
    if (size < 0) continue
    write(bytes, at, value)
    at += size
  }
  // One of no elements has no dimensions, so neither a length nor a lower bound.
  return some ? bytes : bytes.subarray(0, 12)
}

/** For a parameter of the type `text[]`. */
export const texts = (values: readonly (string | null)[]): Buffer =>
  list(
    text,
    values.map((value) => (value === null ? null : escapeZero(value))),
    (value) => (value === null ? -1 : Buffer.byteLength(value)),
    (to, at, value) => void to.write(value ?? '', at),
  )

/** For a parameter of the type `bigint[]`. */
export const integers = (values: readonly (number | null)[]): Buffer =>
  list(
    int8,
    values,
    (value) => (value === null ? -1 : 8),
    (to, at, value) => {
      const number = asInteger(value ?? 0)
      const high = Math.floor(number / 2 ** 32)
      to.writeInt32BE(high, at)
      to.writeUInt32BE(number - high * 2 ** 32, at + 4)
    },
  )

/** Numbers here are integers; a bound may be infinite, and a broken clock may say anything. */
export const asInteger = (value: number): number =>
  Math.trunc(Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER))
