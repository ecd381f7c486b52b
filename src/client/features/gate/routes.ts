import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/gate',
    component: () => import('./GateFrame.vue'),
    children: [
      { path: '', name: 'gate', component: () => import('./GatePage.vue') },
      { path: 'inside', name: 'gate.inside', component: () => import('./inside/InsidePage.vue') },
      { path: 'log', name: 'gate.log', component: () => import('./log/LogPage.vue') },
      { path: 'handover', name: 'gate.handover', component: () => import('./handover/HandoverPage.vue') },
    ],
  },
]
