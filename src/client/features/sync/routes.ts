import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/records', name: 'records', component: () => import('./RecordsPage.vue') },
]
