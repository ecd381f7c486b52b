import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, '..', '..', 'package.json')
const read: { version: string } = JSON.parse(readFileSync(file, 'utf8'))

/** Version of this program, as in `package.json`. */
export const version = read.version
