import type { Environment } from './environment.ts'
import type { Wallet } from './wallet.ts'

/** Opens the wallet (creating or upgrading it). @throws WalletError `blocked`, `newer`, `unavailable` or `full`, within two seconds. */
export async function openWallet(_environment: Environment, _name = 'piaozai-wallet'): Promise<Wallet> {
  throw new Error('follows')
}
