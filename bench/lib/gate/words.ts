/** Made-up people and places; nobody real. */
export const firstNames = (
  'Ada Björn Carla Denis Elif Fatma Goran Hanna Ines Jovan Katrin Luan Marta Nuri Olena Petr Rana Søren ' +
  'Tariq Uwe Vera Wiktor Yasmin Zoltán'
).split(' ')

export const lastNames = (
  'Abramov Bergmann Castellanos Demir Eriksson Fuchs Grünwald Haddad Ivanova Jakobsen Kovač Lindqvist ' +
  'Marković Nowak Öztürk Petrenko Quist Rahimi Schneider Tkachenko Ulrich Voss Weber Yılmaz Zimmermann ' +
  'Baumgartner Hosseini Kaminski Mbeki Novák'
).split(' ')

export const places = ['gate-north', 'gate-south', 'gate-main', 'gate-service'] as const

export const units = 'kitchen medical logistics security registration cleaning transport'.split(' ')

export const notes = [
  'regular shift, badge shown at window two',
  'delivery announced by phone in the morning',
  'returned after appointment in town, no bags',
  'accompanied by shift lead, checked by hand',
  'tyres and load area inspected, seal intact',
]

export const refusals = ['no valid pass', 'temperature above threshold', 'not on the list'] as const
