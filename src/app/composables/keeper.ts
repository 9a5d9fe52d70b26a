import { createFileKeeper, keeperHere, type FileKeeper } from '../../capture/index.ts'
import { useDeps, type AppDeps } from '../deps.ts'

/** One an app: its worker is the same for all who ask. */
const keepers = new WeakMap<AppDeps, FileKeeper>()

/** Whoever has the bytes of files in hand, apart from the page where there are workers. */
export function useFileKeeper(): FileKeeper {
  const deps = useDeps()
  const known = keepers.get(deps)
  if (known) return known
  const { startKeeper, wallet, clock } = deps
  const here = keeperHere(deps)
  const keeper = startKeeper === null ? here : createFileKeeper(startKeeper, { clock, here, heard: (files) => wallet.heard(files) })
  keepers.set(deps, keeper)
  return keeper
}
