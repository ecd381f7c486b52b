import { describe } from 'vitest'
import { seedsPass } from './seeds.ts'

// In four files, so that they share the machine's cores.
describe('seeded simulation, seeds 101 to 150', () => seedsPass(101, 50))
