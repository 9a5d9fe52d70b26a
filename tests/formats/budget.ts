import { budgetOf } from '../../src/formats/file/budget.ts'

/** A budget that never ends. */
export const endless = budgetOf({})
