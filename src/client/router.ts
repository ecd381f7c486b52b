import {
  createRouter,
  createWebHistory,
  loadRouteLocation,
  START_LOCATION,
  type RouteLocation,
  type RouteLocationRaw,
  type RouteRecordRaw,
  type Router,
} from 'vue-router'
import { routes as checkin } from './features/checkin/routes.ts'
import { routes as desk } from './features/desk/routes.ts'
import { routes as enrol } from './features/enrol/routes.ts'
import { routes as gate } from './features/gate/routes.ts'
import { routes as guards } from './features/guards/routes.ts'
import { routes as home } from './features/home/routes.ts'
import { routes as roster } from './features/roster/routes.ts'
import { routes as relay } from './features/relay/routes.ts'
import { routes as settings } from './features/settings/routes.ts'
import { routes as sync } from './features/sync/routes.ts'
import { routes as units } from './features/units/routes.ts'
import type { Seat } from './platform/seat.ts'

const routes: RouteRecordRaw[] = [
  ...home,
  ...enrol,
  ...gate,
  ...checkin,
  ...desk,
  ...roster,
  ...sync,
  ...relay,
  ...settings,
  ...units,
  ...guards,
]

/** What somebody may open before this phone is enrolled. */
const open = ['/join', '/settings', '/help', '/guards']

/** Where somebody is led who wants to go somewhere; true: there. */
function allowed({ path, params }: RouteLocation, isEnrolled: boolean, seat: Seat): RouteLocationRaw | true {
  if (open.includes(path)) return true
  if (isEnrolled) return seat.pinned || path === '/guards/pin' || '/guards/pin'
  // A poster that was opened is not forgotten over joining.
  return seat.shared() ? '/guards' : { path: '/join', query: params['code'] ? { p: params['code'] } : {} }
}

export function makeRouter(isEnrolled: () => boolean, seat: Seat): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    // A page that was just opened is at its top; to say so would lay it out before it is complete.
    scrollBehavior: (_to, from, saved) => saved ?? (from === START_LOCATION ? false : { top: 0 }),
  })
  router.beforeEach((to) => allowed(to, isEnrolled(), seat))
  return router
}

/** Begins to load the code of a path's screen. Where that fails, going there fails, and says so. */
export const loadScreen = (router: Router, path: string): void =>
  void loadRouteLocation(router.resolve(path)).catch(() => undefined)
