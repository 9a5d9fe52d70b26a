import type { App } from 'vue'
import type { Router } from 'vue-router'
import { useFileIntake } from '../stores/file-intake.ts'
import { useTrustList } from '../stores/trust-list.ts'
import { watchFileWays } from './file-ways.ts'

/** Begins to take files that come in without a button, reads what an earlier visit left, and judges what rests on an older trust list. A chunk of its own: nobody waits for it. */
export function followFiles(app: App): void {
  const intake = app.runWithContext(() => useFileIntake())
  const router = app.config.globalProperties.$router as Router
  watchFileWays(window, (files) => {
    void router.push('/add?way=file')
    void intake.take(files)
  })
  const lists = app.runWithContext(() => useTrustList())
  void intake.resume().then(() => lists.judge())
}

/** Judges by lists that have changed just now. */
export function judgeAnew(app: App): void {
  const lists = app.runWithContext(() => useTrustList())
  void lists.read().then(() => lists.judge())
}
