/** Outlines on a 24 × 24 grid: `d` is stroked, `fill` is filled. Signals differ by shape, not only by colour. */
export interface IconShape {
  d: string
  fill?: string
}

export const icons = {
  ok: { d: 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M7 12.5l3.4 3.4L17 9' },
  no: { d: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM8.5 8.5l7 7m0-7-7 7' },
  ask: { d: 'M12 2.5 22.5 21h-21zM12 9v5.5M12 17.6v.2' },
  half: { d: 'M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0', fill: 'M12 2.5v19a9.5 9.5 0 0 1 0-19z' },
  off: {
    d: 'M2 2l20 20M5 12.5a10 10 0 0 1 4-2.4M1.5 9a15 15 0 0 1 4.6-2.9M12 5c4 0 7.7 1.5 10.5 4M15.5 10.7c1.3.4 2.5 1 3.5 1.9M8.5 16a5 5 0 0 1 7 0M12 20v.1',
  },
  scan: {
    d: 'M3 8V4a1 1 0 0 1 1-1h4M16 3h4a1 1 0 0 1 1 1v4M21 16v4a1 1 0 0 1-1 1h-4M8 21H4a1 1 0 0 1-1-1v-4M3 12h18',
  },
  home: { d: 'M3 11 12 3l9 8v10h-6v-6H9v6H3z' },
  car: { d: 'M3 17v-5l2.5-6h13L21 12v5zM3 12h18M6.5 17v2.5M17.5 17v2.5' },
  name: { d: 'M7.5 7.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M3.5 21c1-5 4.5-6.5 8.5-6.5s7.5 1.5 8.5 6.5' },
  people: {
    d: 'M5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M2 20c.7-4.2 3.3-5.5 6.5-5.5s5.8 1.3 6.5 5.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c2.2.7 3.5 2.3 4 5.1',
  },
  temp: { d: 'M9 14V5a3 3 0 0 1 6 0v9a5 5 0 1 1-6 0zM12 9v8' },
  list: { d: 'M4 6h16M4 12h16M4 18h16' },
  cal: { d: 'M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3 10h18M8 2v5M16 2v5' },
  inbox: { d: 'M3 13h5l1.5 3h5L16 13h5M3 13l3-9h12l3 9v7H3z' },
  undo: { d: 'M8 4 3 9l5 5M3 9h11a6 6 0 0 1 0 12h-3' },
  torch: { d: 'M8 2h8v4l-2 4v12h-4V10L8 6zM8 6h8' },
  phone: { d: 'M5 3h4l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z' },
  back: { d: 'M20 6H9l-6 6 6 6h11zM16 9.5l-5 5m0-5 5 5' },
  left: { d: 'm15 5-7 7 7 7' },
  more: { d: 'm9 5 7 7-7 7' },
  dots: {
    d: 'M4.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M18.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0',
  },
  close: { d: 'm5 5 14 14M19 5 5 19' },
  gear: {
    d: 'M4 7h8M18 7h2M4 17h2M12 17h8M12 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0M6 17a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  },
  sun: {
    d: 'M7.5 12a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M12 2v2M12 20v2M2 12h2M20 12h2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  },
  moon: { d: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z' },
  plus: { d: 'M12 4v16M4 12h16' },
  download: { d: 'M12 3v12m-5-5 5 5 5-5M4 17v4h16v-4' },
  copy: { d: 'M9 8h11v13H9zM15 8V3H4v13h5' },
  share: { d: 'M12 15V3m-5 5 5-5 5 5M5 11v10h14V11' },
  print: { d: 'M7 9V3h10v6M7 18H3V9h18v9h-4M7 14h10v7H7z' },
  edit: { d: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4' },
  trash: { d: 'M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10v7M14 10v7' },
  search: { d: 'M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.3 15.3 21 21' },
  place: {
    d: 'M12 22S5 15.5 5 9.5a7 7 0 0 1 14 0C19 15.5 12 22 12 22zM9.5 9.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0',
  },
  chart: { d: 'M4 20V4M4 20h16M8.5 16v-5M13 16V7M17.5 16v-3' },
  key: { d: 'M3 16a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M11 13l9-9M16 8l3 3M13.5 10.5l2 2' },
} satisfies Record<string, IconShape>

export type IconName = keyof typeof icons
