import { describe } from 'vitest'
import { seedsPass, thesePass } from './seeds.ts'

// In four files, so that they share the machine's cores.
describe('seeded simulation, seeds 151 to 200', () => seedsPass(151, 50))

/** From long runs; each found a mistake that none of the others had. */
describe('seeds that found something once', () => thesePass([3373, 5573, 770_017]))
