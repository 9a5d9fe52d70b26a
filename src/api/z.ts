import * as z from 'zod/mini'

// Code generation at run time is a CSP violation, even as a probe: it is switched off before the first schema exists.
z.config({ jitless: true })

export { z }
