export { openReference, type Kept, type KeptKeyText, type Reference } from './reference.ts'
export { followCards, useKeptWays, type CardRules } from './follow-cards.ts'
export { keepStatus } from './keep-status.ts'
export { fetchKeys, type AdoptKeys } from './take-keys.ts'
