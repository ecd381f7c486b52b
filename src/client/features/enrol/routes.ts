import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/join', name: 'join', component: () => import('./JoinPage.vue') },
  { path: '/ready', name: 'ready', component: () => import('./ReadyPage.vue') },
]
