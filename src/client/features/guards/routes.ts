import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/guards', name: 'guards', component: () => import('./GuardsPage.vue') },
  { path: '/guards/pin', name: 'guards.pin', component: () => import('./PinPage.vue') },
  { path: '/guards/change', name: 'guards.change', component: () => import('./ChangePinPage.vue') },
]
