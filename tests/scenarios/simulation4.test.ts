import { describe } from 'vitest'
import { seedsPass } from './seeds.ts'

// In four files, so that they share the machine's cores.
describe('seeded simulation, seeds 151 to 200', () => seedsPass(151, 50))
