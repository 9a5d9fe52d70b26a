import { createRouter, type Router, type RouterHistory } from 'vue-router'
import type { Component } from 'vue'
import { wordsReady } from './locales/words.ts'
import WalletPage from './pages/WalletPage.vue'

/** The places of the navigation. */
export type Tab = 'wallet' | 'outbox' | 'scan' | 'query' | 'settings'

declare module 'vue-router' {
  interface RouteMeta {
    /** Which tab is marked; pages without one stand over the navigation on a phone. */
    readonly tab?: Tab
    /** Shown beside the list where there is room for two panes. */
    readonly panes?: true
    /** Shown without the bottom navigation on a phone. */
    readonly bare?: true
  }
}

/** A page that arrives with its words. */
function lazily(load: () => Promise<{ default: Component }>): () => Promise<Component> {
  return async () => {
    const page = await load()
    await wordsReady()
    return page.default
  }
}

/** The pages of the contract that exist. The wallet comes with the first chunk, every other page when it is opened. */
export function createAppRouter(history: RouterHistory): Router {
  return createRouter({
    history,
    routes: [
      { path: '/', name: 'wallet', component: WalletPage, meta: { tab: 'wallet', panes: true } },
      {
        path: '/invoices/:id',
        name: 'invoice',
        component: lazily(() => import('./pages/InvoicePage.vue')),
        meta: { tab: 'wallet', panes: true, bare: true },
      },
      {
        path: '/invoices/:id/originals/:sha256',
        name: 'original',
        component: lazily(() => import('./pages/OriginalPage.vue')),
        meta: { bare: true },
      },
      { path: '/scan', name: 'scan', component: lazily(() => import('./pages/ScanPage.vue')), meta: { tab: 'scan', bare: true } },
      { path: '/add', name: 'add', component: lazily(() => import('./pages/AddPage.vue')), meta: { tab: 'scan', bare: true } },
      { path: '/query', name: 'query', component: lazily(() => import('./pages/QueryPage.vue')), meta: { tab: 'query' } },
      { path: '/outbox', name: 'outbox', component: lazily(() => import('./pages/OutboxPage.vue')), meta: { tab: 'outbox' } },
      { path: '/status', name: 'status', component: lazily(() => import('./pages/StatusPage.vue')), meta: { bare: true } },
      { path: '/settings', name: 'settings', component: lazily(() => import('./pages/SettingsPage.vue')), meta: { tab: 'settings' } },
      // In capitals, as the QR has it. The receipt itself stands behind the `#`.
      { path: '/R', name: 'receipt', sensitive: true, component: lazily(() => import('./pages/ReceiptPage.vue')), meta: { bare: true } },
      { path: '/:rest(.*)*', name: 'not-found', component: lazily(() => import('./pages/NotFoundPage.vue')) },
    ],
  })
}
