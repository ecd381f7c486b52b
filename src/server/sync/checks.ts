import * as v from 'valibot'

type Check = (value: unknown) => boolean

/** What is looked at of a schema, as the library lays it out. */
interface Shape extends v.GenericSchema {
  /** The schema itself, then what is asked of its value. */
  pipe?: readonly [Shape, ...Step[]]
  entries?: Readonly<Record<string, Shape>>
  wrapped?: Shape
  item?: Shape
  options?: readonly unknown[]
  key?: Shape
  value?: Shape
  default?: unknown
  fallback?: unknown
}

interface Step {
  kind: string
  type: string
  requirement?: unknown
}

/**
 * `v.is` of this schema, made once: the library builds a copy of each value and of each field on the way to its answer,
 * and here only the answer is wanted. Shapes that are not known here are asked of the library.
 */
export const checkOf = (schema: v.GenericSchema): Check => known(schema) ?? ((value) => v.is(schema, value))

/** Null where any part is not known here that may hand another value on to the next one. */
function known(shape: Shape): Check | null {
  if (standsIn(shape)) return null
  const [first, ...steps] = shape.pipe ?? []
  const checks = [first ? known(first) : ownCheck(shape), ...steps.map(stepOf)]
  const all = checks.filter((check) => check !== null)
  return all.length === checks.length ? inTurn(all) : null
}

/** Another value takes the place of one that is missing, or wrong. */
const standsIn = (shape: Shape): boolean => shape.default !== undefined || shape.fallback !== undefined

/** Fields that may be missing, beside those that are `optional`. */
const missable = new Set(['exact_optional', 'nullish'])

function inTurn(checks: readonly Check[]): Check {
  const [first = () => true, second, third, ...rest] = checks
  if (!second) return first
  if (!third) return (value) => first(value) && second(value)
  if (rest.length === 0) return (value) => first(value) && second(value) && third(value)
  return (value) => checks.every((check) => check(value))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Null: not known here. */
function ownCheck({ type, entries, wrapped, item, options, key, value: inner }: Shape): Check | null {
  switch (type) {
    case 'string':
    case 'boolean':
      return (value) => typeof value === type
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value)
    case 'unknown':
      return () => true
    case 'picklist':
      return options ? (value) => options.includes(value) : null
    case 'optional':
      return wrapped ? optional(checkOf(wrapped)) : null
    case 'array':
      return item ? listOf(checkOf(item)) : null
    case 'record':
      return key?.type === 'string' && !key.pipe && inner?.type === 'unknown' ? isObject : null
    case 'object':
    case 'loose_object':
      return entries && Object.values(entries).every(isPlain) ? fieldsOf(entries) : null
    default:
      return null
  }
}

const isPlain = (shape: Shape): boolean => !standsIn(shape) && !missable.has(shape.type)

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => check(one))

function fieldsOf(entries: Readonly<Record<string, Shape>>): Check {
  const fields = Object.entries(entries).map(([name, shape]) => ({
    name,
    check: checkOf(shape),
    needed: shape.type !== 'optional',
  }))
  return (value) => {
    if (!isObject(value)) return false
    for (const { name, check, needed } of fields) {
      const field: unknown = Reflect.get(value, name)
      // One that is there is asked what it is, even if it is nothing.
      if (field === undefined && !(name in value) ? needed : !check(field)) return false
    }
    return true
  }
}

/** Null: not known here. */
function stepOf({ kind, type, requirement }: Step): Check | null {
  if (kind !== 'validation') return null
  if (type === 'integer') return Number.isInteger
  if (requirement instanceof RegExp && (type === 'regex' || type === 'uuid'))
    return (value) => requirement.test(String(value))
  if (typeof requirement !== 'number') return null
  switch (type) {
    case 'min_value':
      return (value) => typeof value === 'number' && value >= requirement
    case 'max_value':
      return (value) => typeof value === 'number' && value <= requirement
    case 'min_length':
      return (value) => lengthOf(value) >= requirement
    case 'max_length':
      return (value) => lengthOf(value) <= requirement
    default:
      return null
  }
}

/** NaN of what has none: it is neither more nor less than anything. */
const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : NaN
