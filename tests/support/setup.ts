import { isBuilt } from '../../scripts/lib/built.mjs'
import { missingTools } from '../../scripts/lib/tools.ts'

/** Before any browser test: what they need is there, or the run fails with one clear line. */
export default function setup(): void {
  // A build that was made elsewhere may be named, as for the server itself.
  if (!process.env['GATEPOST_CLIENT'] && !isBuilt())
    throw new Error('The app is not built from these sources: run `npm run browser`.')
  const missing = missingTools()
  if (missing.length > 0)
    throw new Error(`Not on this machine: ${missing.join(', ')}. Run \`npm run browser\`.`)
}
