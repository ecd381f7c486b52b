import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/server/config.ts'
import { report } from '../../../src/server/operator/report.ts'
import { wordsFor } from '../../../src/server/operator/words.ts'

describe('with --lan the terminal', () => {
  const linesFor = (host: string): string[] => {
    const answer = readConfig(['--lan'], {})
    if (!answer.ok) throw new Error(answer.problem.key)
    const addresses = { first: `https://${host}:8080`, others: [] }
    const lan = { url: `http://${host}:8081`, fingerprint: 'AB:CD' }
    return report(wordsFor({ LANG: 'en' }), { addresses, lan, setup: null }, answer.config)
  }

  it('shows the page for phones, what to compare, and a QR', () => {
    const lines = linesFor('192.168.1.20')
    expect(lines.join('\n')).toMatch(/certificate: http:\/\/192\.168\.1\.20:8081\n.*AB:CD\n[ █▀▄\n]+/)
  })

  it('says that no phone can open it where the machine is in no local network', () => {
    const text = linesFor('localhost').join('\n')
    expect(text).toContain('No phone can open it')
    expect(text).not.toContain('http://localhost:8081')
  })
})
