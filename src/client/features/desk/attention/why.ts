import { quarantineCodes, type QuarantineCode } from '../../../sync/calls.ts'

export const isWhy = (code: string): code is QuarantineCode => quarantineCodes.some((one) => one === code)
