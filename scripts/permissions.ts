import { writeFileSync } from 'node:fs'
import { permissionsPage } from './lib/permissionsPage.ts'
import { inRoot } from './lib/paths.mjs'

/** Writes `docs/permissions.md` anew; a test says when that is due. */
writeFileSync(inRoot('docs', 'permissions.md'), await permissionsPage())
