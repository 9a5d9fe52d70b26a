export { inflateInto, type Inflated } from './inflate.ts'
