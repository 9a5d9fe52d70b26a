/** The browser's hand-over of files that were opened with the app (File Handling API, WICG); TypeScript's own library has neither. */
interface LaunchQueue {
  setConsumer(take: (launch: { readonly files?: readonly { getFile(): Promise<File> }[] }) => void): void
}

/**
 * The ways files come in without a button, on whatever page: dropped, pasted, opened with the app.
 * @param take gets the files; it takes them in and shows that.
 */
export function watchFileWays(scope: Window & { readonly launchQueue?: LaunchQueue }, take: (files: readonly File[]) => void): void {
  const { document } = scope
  const root = document.documentElement
  const bringsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
  document.addEventListener('dragover', (event) => {
    if (!bringsFiles(event)) return
    event.preventDefault()
    root.dataset['drop'] = ''
  })
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) delete root.dataset['drop']
  })
  document.addEventListener('drop', (event) => {
    delete root.dataset['drop']
    if (!bringsFiles(event)) return
    event.preventDefault()
    take([...(event.dataTransfer?.files ?? [])])
  })
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    take(files)
  })
  scope.launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void Promise.allSettled(files.map((file) => file.getFile())).then((got) => take(got.flatMap(fulfilled)))
  })
}

function fulfilled<T>(one: PromiseSettledResult<T>): T[] {
  return one.status === 'fulfilled' ? [one.value] : []
}
