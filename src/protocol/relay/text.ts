/** A compact JWE without an encrypted key: both of ours derive or know theirs. */
export const relayText = /^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{22}$/
