import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the clone. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts)

/**
 * Where Node keeps stripped and compiled modules from one start to the next. Named in the environment it counts from the
 * first file on, which otherwise brings the whole stripper with it.
 */
export const compileCache = inRoot('node_modules', '.cache', 'node')
