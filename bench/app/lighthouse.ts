import fs from 'node:fs'
import path from 'node:path'
import lighthouse from 'lighthouse'
import { until } from '../../tests/support/waiting.ts'
import type { Phone } from '../../tests/support/phone.ts'
import { calm } from './calm.ts'
import { atGate } from './gateScene.ts'

const categories = ['performance', 'accessibility', 'best-practices']

/** Lighthouse as it comes, for a phone: the start of somebody new and the gate of a guard; the lower score counts. */
export async function lighthouseScores(rows: number): Promise<Record<string, number>> {
  return atGate(rows, async ({ scene, phone }) => {
    await phone.switchOff()
    const first = await scores(scene.newPhone(), `${scene.origin}/join`)
    const gate = await scores(phone, `${scene.origin}/gate`)
    const lower = (name: string) => Math.min(first.get(name) ?? NaN, gate.get(name) ?? NaN)
    return {
      performance: lower('performance'),
      accessibility: lower('accessibility'),
      best_practices: lower('best-practices'),
      performance_join: first.get('performance') ?? NaN,
      performance_gate: gate.get('performance') ?? NaN,
    }
  })
}

/**
 * The browser is started with all that the phone's was told before: compiled scripts that were kept belong to a browser with
 * the same flags.
 */
async function scores(phone: Phone, url: string): Promise<Map<string, number>> {
  await phone.switchOn(['--remote-debugging-port=0'])
  try {
    const port = await until('the browser listens', () => portIn(phone.profile), 15_000)
    await calm(phone.profile)
    const options = {
      port,
      onlyCategories: categories,
      disableStorageReset: true,
      logLevel: 'error',
    } as const
    const result = await lighthouse(url, options)
    const found = Object.values(result?.lhr.categories ?? {})
    for (const { id, auditRefs } of found) tellMissed(id, auditRefs, result)
    return new Map(found.map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]))
  } finally {
    await phone.switchOff()
    fs.rmSync(portFile(phone.profile), { force: true })
  }
}

const portFile = (profile: string): string => path.join(profile, 'DevToolsActivePort')

function portIn(profile: string): number | null {
  if (!fs.existsSync(portFile(profile))) return null
  return Number(fs.readFileSync(portFile(profile), 'utf8').split('\n')[0])
}

type Result = Awaited<ReturnType<typeof lighthouse>>

/** On the error channel: what cost points, and where. */
function tellMissed(category: string, refs: readonly { id: string; weight: number }[], result: Result): void {
  for (const { id, weight } of refs) {
    const audit = result?.lhr.audits[id]
    if (weight === 0 || !audit || audit.score === null || audit.score >= 0.9) continue
    const where = JSON.stringify(audit.details ?? {}).matchAll(/"selector":"([^"]+)"/g)
    const places = [...where].slice(0, 4).map((match) => match[1])
    console.error(`${category}: ${audit.title} ${audit.displayValue ?? ''} ${places.join(' | ')}`)
  }
}
