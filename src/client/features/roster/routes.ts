import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/roster',
    component: () => import('./RosterFrame.vue'),
    children: [
      { path: '', redirect: '/today' },
      { path: '/today', name: 'today', component: () => import('./TodayPage.vue') },
      { path: '/turns', name: 'turns', component: () => import('./MyTurnsPage.vue') },
      { path: '/turns/open', name: 'turns.open', component: () => import('./OpenTurnsPage.vue') },
    ],
  },
]
