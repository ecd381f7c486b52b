export { lanNames } from './addresses.ts'
export { lanTls } from './lan.ts'
