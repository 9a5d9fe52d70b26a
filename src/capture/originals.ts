/** Originals as they are shown. What `formats` says of their looks is handed to the pages as it is. */
export { createShowOriginal } from '../formats/index.ts'
export type { Drawing, Face, InvoiceForm, Opened, Scene, SceneClip, SceneNode, ShowOriginal, ShowWorker, Stroke } from '../formats/index.ts'
