import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router'
import { routes as desk } from './features/desk/routes.ts'
import { routes as enrol } from './features/enrol/routes.ts'
import { routes as gate } from './features/gate/routes.ts'
import { routes as home } from './features/home/routes.ts'
import { routes as settings } from './features/settings/routes.ts'
import { routes as sync } from './features/sync/routes.ts'

const routes: RouteRecordRaw[] = [...home, ...enrol, ...gate, ...desk, ...sync, ...settings]

/** What somebody may open before this phone is enrolled. */
const open = ['/join', '/settings', '/help']

export function makeRouter(isEnrolled: () => boolean): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  router.beforeEach(({ path }) => isEnrolled() || open.includes(path) || '/join')
  return router
}
