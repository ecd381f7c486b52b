export { open, prepare } from '#gatepost-local'
