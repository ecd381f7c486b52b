import { version } from '../../package.json'

/** Of this app, as in package.json; the centre and a coordinator see it. */
export const appVersion: string = version
