import type { Grant, Role } from '../../../domain/members.ts'

/** Where `/` leads: the coordinator to the board, the guard to the gate, who stands at posts to their day. */
export function landingFor(grants: readonly Grant[]): string {
  const holds = (role: Role): boolean => grants.some((grant) => grant.role === role)
  if (holds('coordinator')) return '/desk/board'
  if (holds('guard')) return '/gate'
  return holds('volunteer') || holds('gridWorker') ? '/today' : '/me'
}
