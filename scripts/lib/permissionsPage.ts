import { format } from 'oxfmt'
import { kindNames, kindOf, type AnyKind } from '../../src/domain/kinds/index.ts'
import { roles, type Role } from '../../src/domain/members.ts'
import { acts, mayAct, mayWrite, viewOf, type Standing } from '../../src/domain/permissions.ts'

/** Somebody who holds one role at the place in question, and nothing else. */
const as = (role: Role): Standing => ({ grants: [{ role, place: 'here' }], path: ['here'] })

const kinds: readonly AnyKind[] = kindNames.flatMap((name) => kindOf(name) ?? [])

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

function cell(kind: AnyKind, role: Role): string {
  const parts = [viewOf(kind, as(role)), mayWrite(kind, as(role)) ? 'write' : null]
  return parts.filter((part) => part !== null).join(', ') || '–'
}

const text = () => `# Who may do what

Made from \`src/domain/permissions.ts\` and the kinds by \`npm run docs:permissions\`; every cell is tried over HTTP by
\`tests/server/http/matrix.test.ts\`. A role is held at a place and reaches everything below it; elsewhere it is nothing.

## Kinds

\`full\` and \`masked\`: what the role reads, and how; \`write\`: it may send such entries; –: for this role the kind does not
exist.

${table(
  ['logbook', 'kind', ...roles],
  kinds.map((kind) => [kind.logbook, `\`${kind.name}\``, ...roles.map((role) => cell(kind, role))]),
)}

Some kinds have rules beyond the role: a member's grants are changed only by whoever could hand them out, and a
community keeps a coordinator. Those stand in \`src/server/sync\`, each with its test.

## Acts

${table(
  ['act', ...roles],
  acts.map((act) => [`\`${act}\``, ...roles.map((role) => (mayAct(act, as(role)) ? 'yes' : '–'))]),
)}
`

/** The page as it is to stand in \`docs/permissions.md\`. */
export async function permissionsPage(): Promise<string> {
  const { code, errors } = await format('permissions.md', text())
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return code
}
