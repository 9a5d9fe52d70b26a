/** A gateway as a process of its own, to be killed: starts at the first line on stdin, prints its address and runs until it gets SIGTERM. */
import { once } from 'node:events'
import { readConfig, silentLog, startGateway } from '../../../src/server/index.ts'

const generous = { perMinute: 1e6, burst: 1e6 }
await once(process.stdin, 'data')
const config = { ...readConfig(process.env), deviceRate: generous, networkRate: generous }
const running = await startGateway(config, { log: silentLog() })
process.on('SIGTERM', () => void running.stop().then(() => process.exit(0)))
console.log(running.url)
