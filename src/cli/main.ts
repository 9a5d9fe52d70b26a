import { commands } from './commands.ts'
import { dispatch } from './dispatch.ts'

// Whoever reads our output may stop early (`| head`): that is their right, not an error to report.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`piaozai: cannot write the output: ${error.code ?? 'unknown reason'}\n`)
  process.exit(1)
})

const { stdin, stdout, stderr, env } = process
process.exitCode = await dispatch(commands, process.argv.slice(2), { stdin, stdout, stderr, env })
