import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/checkin',
    component: () => import('./CheckInFrame.vue'),
    children: [
      { path: '', name: 'checkin', component: () => import('./ScanPage.vue') },
      { path: '/p/:code', name: 'checkin.poster', props: true, component: () => import('./ScanPage.vue') },
      { path: '/crew', name: 'crew', component: () => import('./crew/CrewPage.vue') },
      { path: '/kiosk', name: 'kiosk', component: () => import('./kiosk/KioskPage.vue') },
      { path: '/hours', name: 'hours', component: () => import('./hours/HoursPage.vue') },
    ],
  },
]
