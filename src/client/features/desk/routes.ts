import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/desk/start', name: 'desk-start', component: () => import('./start/StartPage.vue') },
  {
    path: '/desk',
    component: () => import('./DeskFrame.vue'),
    children: [
      { path: '', redirect: '/desk/board' },
      { path: 'board', name: 'desk-board', component: () => import('./board/BoardPage.vue') },
      { path: 'log', name: 'desk-log', component: () => import('./log/LogPage.vue') },
      { path: 'people', name: 'desk-people', component: () => import('./people/PeoplePage.vue') },
      { path: 'places', name: 'desk-places', component: () => import('./places/PlacesPage.vue') },
      {
        path: 'places/:place/homes',
        name: 'desk-homes',
        props: true,
        component: () => import('./places/HomesPage.vue'),
      },
      {
        path: 'places/:place/gates/:gate',
        name: 'desk-gate',
        props: true,
        component: () => import('./places/GatePage.vue'),
      },
      { path: 'attention', name: 'desk-attention', component: () => import('./attention/AttentionPage.vue') },
    ],
  },
]
