/** A rule of Service Worker Static Routing (W3C): the browser answers matching requests from a cache without starting the worker. */
export interface StaticRoute {
  readonly condition: {
    readonly urlPattern: { readonly pathname: string; readonly search?: string }
    readonly requestMethod: 'GET'
    readonly requestMode?: RequestMode
    readonly requestDestination?: RequestDestination
  }
  readonly source: { readonly cacheName: string }
}

/** The install event where the browser has static routing. */
interface RoutingInstallEvent extends ExtendableEvent {
  addRoutes?(rules: readonly StaticRoute[]): Promise<void>
}

/** Asks for the rules, once and all together. Browsers that know none, or only an older form, refuse; the worker answers the same then. */
export function addStaticRoutes(event: RoutingInstallEvent, rules: readonly StaticRoute[]): void {
  if (event.addRoutes) event.waitUntil(event.addRoutes(rules).catch(() => undefined))
}
