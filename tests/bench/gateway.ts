/** A gateway as the benches measure it: its port on stdout, no limit of a device or network, no log. */
import { readConfig, silentLog, startGateway } from '../../src/server/index.ts'

const generous = { perMinute: 1e9, burst: 1e9 }
const config = { ...readConfig(process.env), port: 0, deviceRate: generous, networkRate: generous }
console.log((await startGateway(config, { log: silentLog() })).port)
