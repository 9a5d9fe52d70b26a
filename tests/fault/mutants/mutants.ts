/** One deliberate fault of the product: `from` stands exactly once in the file and becomes `to`. */
export interface Mutant {
  readonly file: string
  readonly breaks: string
  readonly from: string
  readonly to: string
}

const inFile =
  (file: string) =>
  (breaks: string, from: string, to: string): Mutant => ({ file, breaks, from, to })

const pass = inFile('src/outbox/pass.ts')
const retry = inFile('src/outbox/retry.ts')
const start = inFile('src/outbox/start.ts')
const lock = inFile('src/outbox/lock.ts')
const lease = inFile('src/outbox/lease.ts')
const batch = inFile('src/outbox/batch.ts')
const enqueue = inFile('src/outbox/enqueue.ts')
const drain = inFile('src/outbox/drain.ts')
const tx = inFile('src/wallet/tx.ts')

/** Each of these loses, doubles, hides, hurries or forgets a question; some test must notice each of them. */
export const mutants: readonly Mutant[] = [
  pass('rows of a dead sender stay as they are', "rows.filter(({ state }) => state === 'sending')", 'rows.filter(() => false)'),
  pass('a row that kills its sender every time is never suspected', 'attempts: row.attempts + 1 }', 'attempts: row.attempts }'),
  pass('pauses do not count', "return isHeld(hold, clock.now(), eager) ? 'hold' : dueOf(", 'return dueOf('),
  pass('a row is posted before it says so', 'await tx.putQueries(marked)\n', '\n'),
  pass(
    'a reply that cannot be used is passed over',
    'if (!reply.ok) return fail(rows, reply.error)',
    "if (!reply.ok) return { do: 'go-on' }",
  ),
  pass('what got through does not clear the gateway', 'inVain = 0\n      doubted', 'doubted'),
  pass('every row is tried although nothing gets through', 'const enough = 8', 'const enough = 1000'),
  pass('one bad row stops the drain', 'const enough = 8', 'const enough = 1'),
  pass('a gateway that is in vain is asked with every half each time', 'const enoughAgain = 3', 'const enoughAgain = 8'),
  pass('one bad row stops every drain after one in vain', 'const enoughAgain = 3', 'const enoughAgain = 1'),
  pass('the doubt outlives a reply', 'doubted = false\n    }', '}'),
  pass('replies that say nothing are asked for of each row alone', '!isMute(next.query)', 'true'),
  pass('rubbish hides the answer behind it', "(replyTo.get(one.id)?.is ?? 'unreadable') === 'unreadable'", '!replyTo.has(one.id)'),
  pass(
    'an answer in hand is dropped when the lock is stolen',
    'const settled = (await tx.settle(answers, clock.now())).length',
    'await beat(tx, deps, me)\n      const settled = (await tx.settle(answers, clock.now())).length',
  ),
  pass(
    'rows are removed in one transaction and their answers added in the next',
    'const done = await wallet.write(async (tx) => {',
    `const gone = await wallet.write(async (tx) => {
      const asked = await tx.queriesById([...answers.keys()])
      for (const { id } of asked) await tx.withdraw(id)
      return asked
    })
    const settledAt = clock.now()
    for (const { id, entryId, question, askedAt } of gone)
      await wallet.write((tx) => tx.putAnswer({ id, entryId, question, askedAt, settledAt, answer: answers.get(id)! }))
    count.settled += gone.length
    const done = await wallet.write(async (tx) => {`,
  ),
  pass('the pause outlives the outage', 'isHeard ? { hold: null } : {}', '{}'),
  pass('a reply that says nothing ends the pause', 'isHeard ? { hold: null } : {}', '{ hold: null }'),
  pass('a lone row without a reply is given up', "const final = error.is === 'rejected' && error.status !== 413", 'const final = true'),
  pass('a refusal is never shown', "const final = error.is === 'rejected' && error.status !== 413", 'const final = false'),
  pass('a lone 413 is final', ' && error.status !== 413', ''),
  pass('a batch is refused for one of its rows', "if (rows.length > 1) return { do: 'part' }", ''),
  pass('half of a batch is forgotten', 'batch.slice(middle)]', '[]]'),
  pass(
    'no error is ever the fault of a row',
    "const alive = error.is === 'rejected' || (mayBeTheRows(error) && (await gatewayLives()))",
    'const alive = false',
  ),
  pass(
    'every error is the fault of the rows',
    "const alive = error.is === 'rejected' || (mayBeTheRows(error) && (await gatewayLives()))",
    'const alive = true',
  ),
  pass('an outage pauses nothing', 'until: now + wait(failures)', 'until: now'),
  pass('pauses do not grow', '?.failures ?? 0) + 1', '?.failures ?? 0) * 0 + 1'),
  pass('rows stay half sent when the drain stops', 'await change(tx, [...underWay], (row) => requeued(row, now))', ''),
  pass(
    'what was parked is asked again when the drain stops',
    'underWay.delete(id)\n    countUp(done.changed)\n    return isHeard',
    'void id\n    countUp(done.changed)\n    return isHeard',
  ),
  pass('a row forgets that its invoice was merged', '({ ...to(row), entryId: row.entryId })', 'to(row)'),
  retry('what the gateway holds is never asked for', "(query.state === 'queued' || query.state === 'parked')", "query.state === 'queued'"),
  retry('a clock set back makes a row wait for years', ' && now >= setAt - setBack', ''),
  retry('a wait of years is believed', ' && until - setAt <= 2 * longest', ''),
  retry('a gateway may make us wait longer than a day', 'return Math.min(longest, base + chance', 'return (base + chance'),
  retry('a gateway may say: at once', 'Math.max(least, sane', 'Math.max(0, sane'),
  retry('"at once" is believed every time', 'shortest * 2 ** Math.min(failures - 1, 10)', 'shortest'),
  retry('an outage pauses for hours', '15 * minute, 2 * second, chance)', '15 * hour, 2 * second, chance)'),
  retry('a pause may be nothing', 'return Math.max(least, chance', 'return Math.max(0, chance'),
  retry(
    'a tap breaks through what a gateway asked for',
    "return !eager || (hold.reason !== 'device-offline' && hold.reason !== 'gateway-down')",
    'return !eager',
  ),
  retry('a tap waits like a timer', "return !eager || (hold.reason !== 'device-offline' && hold.reason !== 'gateway-down')", 'return true'),
  retry(
    'nobody wakes for a row of a dead sender',
    "if (query.state === 'sending') return now",
    "if (query.state === 'sending') return []\n    if (query.state === 'sending') return now",
  ),
  retry('an answer about another invoice settles', 'if (number !== query.elements.number)', 'if (number === undefined)'),
  retry('a parked row loses its ticket', "state: 'parked', reason, ticket, nextAt", "state: 'parked', reason, ticket: null, nextAt"),
  retry('a parked row is looked for at once', 'const nextAt = now + serverWait(retryAfter, chance)', 'const nextAt = now'),
  retry(
    'what passes is taken for final',
    'reply.passing ? putOff(query, reply, now, chance) : refused',
    'reply.passing ? refused(query, reply.code, now) : refused',
  ),
  retry(
    'what is final is asked for ever',
    'reply.passing ? putOff(query, reply, now, chance) : refused(query, reply.code, now)',
    'putOff(query, reply, now, chance)',
  ),
  retry(
    'a sender who was told when to come back comes before',
    'if (retryAfter === null) return unheard',
    'if (retryAfter !== 0) return unheard',
  ),
  retry('a row that was left out is sent again at once', "query: unheard(query, 'no-reply', now, chance)", 'query: requeued(query, now)'),
  retry(
    'a refused row does not show',
    "state: 'needs-user', reason: null, nextAt: null, setAt: now, problem: code",
    "state: 'queued', reason: null, nextAt: null, setAt: now, problem: code",
  ),
  retry('a refused row does not say why', 'nextAt: null, setAt: now, problem: code', 'nextAt: null, setAt: now, problem: null'),
  retry('a row without a reply does not wait', 'nextAt: now + rowWait(attempts, chance)', 'nextAt: now'),
  retry('a row is never sent alone', 'const attempts = query.attempts + 1', 'const attempts = query.attempts'),
  retry('a gateway that comes and goes is run after', 'return inVain === 0 ? 0 : Math.min', 'return inVain >= 0 ? 0 : Math.min'),
  start('coming online changes nothing', "if (why !== 'offline') void run(true)", ''),
  start('nothing happens by itself', 'if (!ended) stopTimer = clock.after(wait', 'if (ended) stopTimer = clock.after(wait'),
  start(
    'a new question waits for somebody to come',
    'if (fresh && running < 2 && !isHeld(hold, clock.now(), false)) void run(false)\n    else if',
    'if',
  ),
  start('a gateway that is found again is not asked', 'void run(true, true)', ''),
  start('it goes on after its end', 'if (ended) return\n', '\n'),
  lock('a frozen tab keeps the lock', 'giveUp.abort()', 'look()'),
  lock('everybody drains at once', 'if (locks === null) return work()', 'return work()'),
  lease('a drainer without the lock writes', 'if (state.holder !== holder) throw new LockLost()', ''),
  lease('a drainer makes no sign of life', 'beatAt: clock.now() })\n}\n\n/**', 'beatAt: state.beatAt })\n}\n\n/**'),
  batch('a batch is larger than the gateway takes', 'const size = 50', 'const size = 51'),
  batch('a poison row travels with the others', 'const alone = 2', 'const alone = 1000'),
  enqueue('the same question is asked twice', "if (open) return 'queued'", ''),
  enqueue(
    'a question on its way is taken back',
    "query.state === 'queued' && query.attempts === 0 && query.ticket === null",
    "query.state !== 'needs-user'",
  ),
  enqueue(
    'a question about elements that were corrected is asked all the same',
    'if (moot && canWithdraw(row)) await tx.withdraw(row.id)',
    '',
  ),
  enqueue('what was answered is asked again at every scan', 'if (!anew && (await', 'if (anew && (await'),
  drain('two drains of one tab run at once', 'if (flight === undefined) return launch(deps, eager)', 'return launch(deps, eager)'),
  drain('who calls while a drain ends is told about that one', 'return flight.next.report', 'return flight.running'),
  tx('an answered row stays', 'await db.outbox.bulkDelete(ids)', ''),
  tx('a row is removed and its answer not stored', 'await putAll(db.answers, settled.map(storeAnswer))', ''),
  tx('a row is removed with the answer to another one', 'const answer = given.get(id)', 'const answer = given.values().next().value'),
]
