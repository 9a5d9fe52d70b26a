import type { Plugin } from 'vite'
import * as icon from '../icons/shell.ts'

const svg = (path: string, size: number) =>
  `<svg width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="${36 / size}" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`

const place = (path: string, label: string, current = false) =>
  `<span class="early-place${current ? ' early-place-current' : ''}">${svg(path, 24)}<span>${label}</span></span>`

const card =
  '<div class="early-card"><i class="early-line early-seller"></i><i class="early-line early-amount"></i><i class="early-line early-date"></i><i class="early-line early-verdict"></i></div>'

/**
 * The wallet before its code is there: title, five cards without words, navigation. It is set by the same style sheet as the real
 * page, which takes its place without a jump. In Chinese, as the sheet of paper is; another language comes with the code.
 */
export const shell = `<div class="early" aria-hidden="true">
<header class="early-head">票夹</header>
<div class="early-list"><i class="early-line early-month"></i>${card.repeat(5)}</div>
<nav class="early-nav">${place(icon.walletIcon, '票夹', true)}${place(icon.inboxIcon, '待办')}<span class="early-place"><b class="early-scan">${svg(icon.scanLineIcon, 26)}</b><span>扫一扫</span></span>${place(icon.searchIcon, '查验')}${place(icon.userRoundIcon, '我的')}</nav>
</div>`

/** Puts the pre-rendered shell into index.html, so that the first paint waits for no script. */
export function prerenderedShell(): Plugin {
  return { name: 'piaozai:shell', transformIndexHtml: (html) => html.replace('<!--early-->', shell) }
}
