import { quarantineCodes, type QuarantineCode } from '../../../../protocol/problems.ts'

export const isWhy = (code: string): code is QuarantineCode => quarantineCodes.some((one) => one === code)
