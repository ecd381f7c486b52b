import { describe, expect, it } from 'vitest'
import { splitNames } from '../../../../src/domain/rules/duty/names.ts'

describe('a list of names', () => {
  it('is read however it is separated and numbered, and two of one name are two', () => {
    expect(splitNames('1. 样本甲、样本乙\n样本甲; ，Sample Ann,')).toEqual([
      '样本甲',
      '样本乙',
      '样本甲',
      'Sample Ann',
    ])
  })
})
