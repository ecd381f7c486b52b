import { onScopeDispose } from 'vue'
import { tokenFrom } from './token.ts'

/**
 * The secret from the address, which is taken out of it at once: no history, no screenshot and no shared address
 * carries it on. `putBack` shows it again for "open in browser" of another app, which takes the address along.
 */
export function useInvitationLink(): { token: string | null; link: string; putBack(): void } {
  const token = tokenFrom(location.href)
  const link = token ? `${location.origin}/join#${token}` : ''
  const show = (address: string): void => history.replaceState(history.state, '', address)
  if (token) show('/join')
  return {
    token,
    link,
    putBack() {
      show(link)
      onScopeDispose(() => show('/join'))
    },
  }
}
