import { inject, type InjectionKey, type Ref } from 'vue'
import type { KnownKeys } from '../authenticity/index.ts'
import type { FileReader, KeeperWorker, PictureReader } from '../capture/index.ts'
import type { Channels } from '../channels/index.ts'
import type { Clock, FillRandom, Watchable } from '../domain/index.ts'
import type { Environment, Settings, Wallet } from '../wallet/index.ts'
import type { Outgoing } from './start/hand-out.ts'
import type { Update } from './start/update.ts'

/** What the person chose on this device. */
export type Preferences = Pick<Settings, 'locale' | 'theme'>

/** The keys of gateways. */
export interface ReceiptKeys {
  /** Those at hand, without a network. */
  known(): Promise<readonly KnownKeys[]>
  /** Asks the gateways for theirs, now. False when the app's own did not reply. */
  fetch(): Promise<boolean>
}

/**
 * Everything the pages get from outside. They decide nothing, fetch nothing and open no database themselves.
 * It is also what `capture`, `complete`, `ask` and `drain` want as their first argument.
 */
export interface AppDeps {
  readonly wallet: Wallet
  readonly channels: Channels
  readonly clock: Clock
  readonly random: FillRandom
  /** The device's languages, best first (`navigator.languages`). */
  readonly languages: readonly string[]
  /** The settings as they were when the wallet was opened. */
  readonly preferences: Preferences
  /** A new version of the app that is ready, and the tap that takes it. */
  readonly update: Update
  /** The browser's offer to install the app; null where there is none. */
  readonly install: Watchable<(() => void) | null>
  /** The version of this app, as in package.json. */
  readonly version: string
  /** True once the app opens without a network. */
  readonly worksOffline: Readonly<Ref<boolean>>
  /** Forgets what was only fetched, such as the last known status; part of erasing. */
  forget(): Promise<void>
  /** Gives back room on a full device; a capture asks for it before it gives anything up. */
  makeRoom(): Promise<void>
  /** Sends what is due now, without waiting for the timer. */
  drainNow(): void
  /** Finds codes in pictures and camera frames, in a worker that starts with the first one. */
  readonly pictures: PictureReader
  /** Reads files, in a worker of its own that starts with the first one. */
  readonly files: FileReader
  /** Starts the worker that has the bytes of files in hand; null where there are no workers. */
  readonly startKeeper: (() => KeeperWorker) | null
  /** So that one tab reads what was kept. */
  readonly locks: Environment['locks']
  /** What receipts are checked by. */
  readonly receiptKeys: ReceiptKeys
  /** Gives a file to another app or to the device's own files; false when that failed. */
  handOut(file: Outgoing): Promise<boolean>
  /** Puts text on the clipboard; false when the browser refuses. */
  copy(text: string): Promise<boolean>
}

export const depsKey: InjectionKey<AppDeps> = Symbol('deps')

/** What was handed to `createPiaozaiApp`. */
export function useDeps(): AppDeps {
  const deps = inject(depsKey)
  if (!deps) throw new Error('The app was created without its dependencies')
  return deps
}
