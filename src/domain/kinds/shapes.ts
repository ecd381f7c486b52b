import * as v from 'valibot'

/** Shapes that several kinds share. Lengths are generous: they bound a page, they do not judge a person's name. */
export const id = v.pipe(v.string(), v.uuid())
export const line = (max = 200) => v.pipe(v.string(), v.maxLength(max))
export const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))
export const note = line(1000)
export const flag = v.boolean()
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))
/** Milliseconds since 1970. */
export const time = v.pipe(v.number(), v.integer())
/** `HH:MM`, local to the community. */
export const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
/** °C with one decimal. Wide on purpose: an implausible value that was confirmed is still a fact. */
export const celsius = v.pipe(v.number(), v.minValue(0), v.maxValue(99))
