import { inRoot } from '../../scripts/lib/paths.mjs'

/** Names the file, from the clone's folder on, where a run of tests has made one. */
export const serverFileVariable = 'GATEPOST_SERVER_FILE'

export const serverSources = 'src/server/cli.ts'

/** The server's command line, as a file for Node. */
export const serverFile = (): string => inRoot(process.env[serverFileVariable] ?? serverSources)
