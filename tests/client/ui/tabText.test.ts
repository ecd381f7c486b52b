import { describe, expect, it } from 'vitest'
import { tabText } from '../../../src/client/ui/tabText.ts'

describe('the text of a bar', () => {
  it.each([
    [['门岗', '门内', '记录', '交班'], 2, 1],
    [['今日', '我的班次', '可认领'], 3, 2],
    [['人员与手机'], 3, 2],
    [['Gate', 'Handover'], 8 * 0.64, 1],
    [['Gate log', 'More'], 4 * 0.64, 2],
    [[], 1, 1],
  ] as const)('%j wants %d em on %d lines', (labels, em, lines) => {
    const wanted = tabText(labels)
    expect(wanted.em).toBeCloseTo(em)
    expect(wanted.lines).toBe(lines)
  })
})
