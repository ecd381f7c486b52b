import type { Grant } from '../../../../domain/members.ts'
import { dotted } from '../../../i18n/dotted.ts'
import { useText } from '../../../i18n/index.ts'
import { useTown } from '../shared/town.ts'

/** `门岗值守 · 阳光苑`: a role and where it is held. */
export function useGrantWords() {
  const { t } = useText()
  const town = useTown()
  const grantWords = (grants: readonly Grant[]): string =>
    grants.map((grant) => dotted([t(`common.role.${grant.role}`), town.nameOf(grant.place)])).join('、')
  return { grantWords }
}
