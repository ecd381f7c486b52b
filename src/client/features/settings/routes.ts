import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/settings', name: 'settings', component: () => import('./SettingsPage.vue') },
  { path: '/help', name: 'help', component: () => import('./HelpPage.vue') },
]
