export { done, refused, type Outcome } from '../sync/outcome.ts'
