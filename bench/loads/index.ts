import type { Stage } from '../lib/stage.ts'
import { w1 } from './w1.ts'
import { w2 } from './w2.ts'
import { w3 } from './w3.ts'
import { w4 } from './w4.ts'
import { w4r } from './w4r.ts'
import { w5 } from './w5.ts'
import { limit } from './limit.ts'

export type Row = Record<string, number>

export interface Work {
  /** Entries, where nothing else was asked for. */
  n: number
  /** True: `runs` are repeated by the workload itself, in one server. */
  repeats: boolean
  run(stage: Stage, n: number): Promise<Row[]>
}

export const works: Readonly<Record<string, Work>> = {
  W1: { n: 10_000, repeats: false, run: w1 },
  W2: { n: 10_000, repeats: false, run: w2 },
  W3: { n: 50_000, repeats: true, run: w3 },
  W4: { n: 50_000, repeats: true, run: w4 },
  W4R: { n: 50_000, repeats: true, run: w4r },
  W5: { n: 10_000, repeats: false, run: w5 },
  LIMIT: { n: 10_000, repeats: false, run: limit },
}
