import { describe } from 'vitest'
import { seedsPass } from './seeds.ts'

// In four files, so that they share the machine's cores.
describe('seeded simulation, seeds 51 to 100', () => seedsPass(51, 50))
