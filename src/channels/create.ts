import type { ChannelDeps, Channels } from './channels.ts'

/** The channels to the gateways of `deps.origins`. */
export function createChannels(_deps: ChannelDeps): Channels {
  throw new Error('follows')
}
