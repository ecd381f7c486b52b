import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/relay', name: 'relay', component: () => import('./RelayPage.vue') },
  { path: '/relay/give', name: 'relay-give', component: () => import('./GivePage.vue') },
  { path: '/relay/take', name: 'relay-take', component: () => import('./TakePage.vue') },
  { path: '/relay/back/:id', name: 'relay-back', component: () => import('./BackPage.vue'), props: true },
]
