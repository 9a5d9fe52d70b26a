import { renderSVG } from 'uqr'
import { finderOf, handlerOf, type Address, type Handle } from '../http/handle.ts'
import { finished, type Reply } from '../http/reply.ts'
import { fingerprintOf } from './authority.ts'

/** Where the CA's certificate and the app are. */
export interface InstallPage {
  /** The certificate, PEM. */
  readonly authority: string
  /** Addresses of the app over TLS, the best first. */
  readonly appUrls: () => readonly string[]
}

/**
 * The page over plain HTTP that brings the CA's certificate to a phone. Plain, because the phone trusts nothing of this machine yet;
 * so it offers nothing but that certificate, whose fingerprint is also on the terminal.
 */
export function installPage({ authority, appUrls }: InstallPage): Handle {
  const fingerprint = fingerprintOf(authority)
  const get = (reply: () => Reply): Address => ({ GET: reply })
  const text = (type: string, body: string, ...more: string[]): Reply => ({ status: 200, headers: ['Content-Type', type, ...more], body })
  const find = finderOf({
    '/': get(() => text('text/html; charset=UTF-8', html(appUrls(), fingerprint))),
    '/style.css': get(() => text('text/css; charset=utf-8', style)),
    '/piaozai-ca.crt': get(() =>
      text('application/x-x509-ca-cert', authority, 'Content-Disposition', 'attachment; filename="piaozai-ca.crt"'),
    ),
  })
  return async (incoming) => {
    const found = find(incoming.path)
    const handler = found && handlerOf(found.address, incoming.method)
    const reply = handler ? await handler(incoming, '') : { status: 302, headers: ['Location', '/'], body: null }
    return finished(reply, always)
  }
}

const always = [
  ...['X-Content-Type-Options', 'nosniff'],
  ...['Referrer-Policy', 'no-referrer'],
  ...['Content-Security-Policy', "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
]

function html(urls: readonly string[], fingerprint: string): string {
  const [url = ''] = urls
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>在手机上安装票在</title><link rel="stylesheet" href="/style.css"></head>
<body><main>
<h1>在手机上安装票在</h1>
<p>这台电脑给自己签了一张证书。手机信任它之后，才能安装应用、离线打开。只在您自己的网络里这样做，用完可以随时删掉。</p>
<p><a class="primary" href="/piaozai-ca.crt">1. 下载证书</a></p>
<h2>2. 让手机信任它</h2>
<h3>安卓</h3>
<p>设置 → 安全（或“密码与安全”）→ 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书，选择刚下载的 piaozai-ca.crt。</p>
<h3>iPhone、iPad</h3>
<p>用 Safari 打开本页并下载，允许下载描述文件；设置 → 已下载描述文件 → 安装；再到 设置 → 通用 → 关于本机 → 证书信任设置，打开这张证书的开关。</p>
<h2>3. 打开票在</h2>
<p><a class="primary" href="${url}">${url}</a></p>
<p>在浏览器菜单里选“安装应用”或“添加到主屏幕”。</p>
${urls.length > 1 ? `<p class="quiet">打不开时试试：${urls.slice(1).map((other) => `<a href="${other}">${other}</a>`).join('　')}</p>` : '' /* prettier-ignore */}
<h2>指纹（SHA-256）</h2>
<p class="mono">${fingerprint}</p>
<p class="quiet">和电脑终端里显示的一样，才是这台电脑的证书。</p>
<h2 lang="en">In English</h2>
<p lang="en">Download the certificate above. Android: Settings → Security → Encryption &amp; credentials → Install a certificate → CA certificate. iOS: allow the profile, install it in Settings, then turn it on under General → About → Certificate Trust Settings. Then open the address above and install the app from the browser's menu.</p>
${renderSVG(url, { border: 4 })}
</main></body></html>`
}

const style = `:root { color-scheme: light dark; }
body { margin: 0; background: #fbfaf7; color: #17181c; font: 1.0625rem/1.6 system-ui, "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", sans-serif; }
main { max-width: 36rem; margin: 0 auto; padding: 16px; }
h1 { font-size: 1.375rem; } h2 { margin-top: 28px; font-size: 1.0625rem; } h3 { font-size: .9375rem; margin-bottom: 0; } h3 + p { margin-top: 4px; }
.primary { display: block; padding: 14px 16px; border-radius: 12px; background: #17181c; color: #fbfaf7; font-weight: 600; text-align: center; text-decoration: none; overflow-wrap: anywhere; }
.quiet { color: #69696b; font-size: .8125rem; } .mono { font-family: ui-monospace, monospace; font-size: .8125rem; overflow-wrap: anywhere; }
svg { display: block; width: 12rem; height: 12rem; margin: 28px auto; border-radius: 12px; }
@media (prefers-color-scheme: dark) { body { background: #17181c; color: #fbfaf7; } .primary { background: #fbfaf7; color: #17181c; } .quiet { color: #a9a9a8; } a:not(.primary) { color: inherit; } }
`
