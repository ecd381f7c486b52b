import { collect } from './collect.ts'

/** Every catalogue of this language in one chunk. */
export default collect(
  import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' }),
)
