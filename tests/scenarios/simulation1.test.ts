import { describe } from 'vitest'
import { seedsPass } from './seeds.ts'

// In four files, so that they share the machine's cores.
describe('seeded simulation, seeds 1 to 50', () => seedsPass(1, 50))
