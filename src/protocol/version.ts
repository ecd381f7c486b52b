/** The wire's version. The server speaks this one and the one before it ([VE1]). */
export const protocolVersion = 1
export const spokenVersions: readonly number[] = [1]
