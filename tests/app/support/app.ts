import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { ref, type Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { watchable } from '../../../src/domain/index.ts'
import { depsKey, type AppDeps } from '../../../src/app/deps.ts'
import type { EntryDetail, EntryView, Wallet } from '../../../src/wallet/index.ts'
import { now } from './samples.ts'

/** What the fake wallet holds, and what was done to it. */
export interface FakeWallet {
  readonly views: readonly EntryView[]
  readonly detail?: EntryDetail | null
  readonly calls: string[]
}

/** A wallet that answers at once and writes down what it is told. */
export function walletOf({ views, detail = null, calls }: FakeWallet): Wallet {
  const told = (name: string) => async (value: unknown, more?: unknown) =>
    void calls.push(`${name} ${JSON.stringify(value)}${more === undefined ? '' : ` ${JSON.stringify(more)}`}`)
  const known = {
    state: watchable('open' as const),
    watch: <T>(read: () => Promise<T>) => ({
      subscribe(next: (value: T) => void, failed?: (error: unknown) => void) {
        read().then(next, failed)
        return { unsubscribe() {} }
      },
    }),
    list: async () => ({ entries: views, damaged: [] }),
    entry: async () => detail,
    counts: async () => ({ entries: views.length, waiting: 3, needsLook: 1 }),
    note: told('note'),
    remove: told('remove'),
    restore: told('restore'),
    change: told('change'),
  }
  // Only what the pages under test call; anything else would fail loudly as "not a function".
  return known as unknown as Wallet
}

/** The dependencies of the pages, with time standing still at `now`. */
export function depsOf(fake: FakeWallet, change: Partial<AppDeps> = {}): AppDeps {
  const state = { is: 'up', captured: false, since: now, asOf: now, report: null } as const
  const deps = {
    wallet: walletOf(fake),
    channels: { state: watchable(state) },
    clock: { now: () => now, after: () => () => {} },
    random: (bytes: Uint8Array<ArrayBuffer>) => bytes,
    languages: ['zh-CN'],
    preferences: { locale: null, theme: null },
    update: { available: ref(false), apply() {} },
    install: watchable(null),
    receiptKeys: { known: async () => [], fetch: async () => false },
    startKeeper: null,
    drainNow: () => void fake.calls.push('drain'),
    copy: async (text: string) => {
      fake.calls.push(`copy ${text}`)
      return true
    },
    ...change,
  }
  return deps as unknown as AppDeps
}

/** Mounts one page at an address, as the app would. */
export async function open(page: Component, at: string, deps: AppDeps): Promise<{ page: VueWrapper; router: Router }> {
  const path = at.startsWith('/invoices/') ? '/invoices/:id' : at
  const nowhere = { template: '<i />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path, component: page },
      { path: '/:rest(.*)*', component: nowhere },
    ],
  })
  await router.push(at)
  const mounted = mount(page, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router], provide: { [depsKey as symbol]: deps } },
  })
  await flushPromises()
  return { page: mounted, router }
}
