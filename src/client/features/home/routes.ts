import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./HomePage.vue') },
  { path: '/me', name: 'me', component: () => import('./MePage.vue') },
  { path: '/:rest(.*)*', name: 'lost', component: () => import('./LostPage.vue') },
]
