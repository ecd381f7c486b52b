import { createHash, randomBytes } from 'node:crypto'

/** A secret of 192 bits as base64url: 32 characters ([EN1] asks for 128 bits or more). */
export const newSecret = (): string => randomBytes(24).toString('base64url')

/** What is kept of a secret ([EN1]). It has too many bits for a slow hash to add anything. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
