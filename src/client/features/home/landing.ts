import type { Grant, Role } from '../../../domain/members.ts'

/** Where `/` leads: the coordinator to the board, the guard to the gate, the others to their own page. */
export function landingFor(grants: readonly Grant[]): string {
  const holds = (role: Role): boolean => grants.some((grant) => grant.role === role)
  if (holds('coordinator')) return '/desk/board'
  return holds('guard') ? '/gate' : '/me'
}
