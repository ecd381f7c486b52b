/**
 * Flags of Node for the server, wherever it is started: `npm start`, tests, bench. The room for new objects may grow
 * to 4 MB instead of 16: entries live for one request, and taking them in was measured no slower.
 */
export const serverFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4']
