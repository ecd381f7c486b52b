import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/desk/start', name: 'desk-start', component: () => import('./start/StartPage.vue') },
  { path: '/desk/print/sheet', name: 'desk-sheet', component: () => import('./duty/SheetPage.vue') },
  {
    path: '/desk/print/posters',
    name: 'desk-posters',
    component: () => import('./posts/PostersPage.vue'),
  },
  { path: '/desk/print/cards', name: 'desk-cards', component: () => import('./cards/CardsPage.vue') },
  {
    path: '/desk/print/roster',
    name: 'desk-roster-print',
    component: () => import('./roster/RosterPrint.vue'),
  },
  {
    path: '/desk',
    component: () => import('./DeskFrame.vue'),
    children: [
      { path: '', redirect: '/desk/board' },
      { path: 'board', name: 'desk-board', component: () => import('./board/BoardPage.vue') },
      { path: 'roster', name: 'desk-roster', component: () => import('./roster/RosterPage.vue') },
      {
        path: 'roster/new',
        name: 'desk-roster-new',
        component: () => import('./roster/NewTurnsPage.vue'),
      },
      { path: 'posts', name: 'desk-posts', component: () => import('./posts/PostsPage.vue') },
      {
        path: 'posts/:post',
        name: 'desk-post',
        props: true,
        component: () => import('./posts/PostPage.vue'),
      },
      { path: 'duty', name: 'desk-duty', component: () => import('./duty/DutyPage.vue') },
      {
        path: 'duty/entries',
        name: 'desk-duty-entries',
        component: () => import('./duty/DutyEntriesPage.vue'),
      },
      { path: 'duty/paper', name: 'desk-duty-paper', component: () => import('./duty/PaperPage.vue') },
      { path: 'units', name: 'desk-units', component: () => import('./units/UnitsPage.vue') },
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
      { path: 'status', name: 'desk-status', component: () => import('./status/StatusPage.vue') },
      { path: 'status/reads', name: 'desk-reads', component: () => import('./status/ReadsPage.vue') },
      { path: 'attention', name: 'desk-attention', component: () => import('./attention/AttentionPage.vue') },
    ],
  },
]
