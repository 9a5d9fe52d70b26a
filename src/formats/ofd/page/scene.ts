import type { Matrix } from '../../pdf/page/matrix.ts'

export type { Matrix }

/** What a file looks like, as plain values that can be sent from a worker. Nothing in it is markup or an address. */
export interface Drawing {
  readonly pages: readonly Scene[]
  /** Null for one that turned out to be damaged. */
  readonly pictures: readonly (ScenePicture | null)[]
  readonly faces: readonly Face[]
}

/** One page. Lengths are millimetres from its upper left corner. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly nodes: readonly SceneNode[]
}

export type SceneNode = SceneGroup | ScenePath | SceneText | SceneImage

/** Things that are moved, cut out or made transparent together. */
export interface SceneGroup {
  readonly is: 'group'
  readonly matrix: Matrix | null
  /** Seen is what lies in every one of them. */
  readonly clips: readonly SceneClip[]
  /** 0 to 1. */
  readonly alpha: number
  readonly blend: Blend | null
  readonly nodes: readonly SceneNode[]
}

/** What lies in any of its shapes. */
export interface SceneClip {
  readonly shapes: readonly { readonly d: string; readonly matrix: Matrix | null; readonly evenOdd: boolean }[]
}

export interface ScenePath {
  readonly is: 'path'
  readonly matrix: Matrix | null
  /** Path data of SVG: numbers and the letters M L Q C A Z, nothing else. */
  readonly d: string
  readonly fill: Ink | null
  readonly evenOdd: boolean
  readonly stroke: Stroke | null
}

export interface SceneText {
  readonly is: 'text'
  readonly matrix: Matrix | null
  readonly text: string
  /** Where each UTF-16 unit stands; a single place lets the font decide about the rest. */
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** Degrees that every character is turned by. */
  readonly turned: number
  /** An index into {@link Drawing.faces}. */
  readonly face: number
  readonly size: number
  /** Width of the characters, 1 as they are. */
  readonly squeeze: number
  readonly weight: number
  readonly italic: boolean
  readonly fill: Ink | null
  readonly stroke: Stroke | null
}

/** A picture that fills the unit square. */
export interface SceneImage {
  readonly is: 'image'
  readonly matrix: Matrix
  /** An index into {@link Drawing.pictures}. */
  readonly picture: number
}

/** Solid colour: `#rrggbb`, and how much it covers, 0 to 1. */
export interface Ink {
  readonly colour: string
  readonly alpha: number
}

export interface Stroke extends Ink {
  readonly width: number
  readonly join: 'miter' | 'round' | 'bevel'
  readonly cap: 'butt' | 'round' | 'square'
  readonly miter: number
  readonly dash: readonly number[]
  readonly dashOffset: number
}

/** How a picture mixes with what is below it; a stamp on white paper must not cover the text. */
export type Blend = 'multiply' | 'darken'

/** A picture whose header was looked at. */
export interface ScenePicture {
  readonly type: 'image/jpeg' | 'image/png' | 'image/bmp' | 'image/gif'
  readonly bytes: Uint8Array
}

/** A font: which of the system's it is like, and the file that came along, if any. Browsers check font files before they use them. */
export interface Face {
  readonly like: 'song' | 'kai' | 'hei' | 'fang' | 'serif' | 'sans' | 'mono'
  readonly file: Uint8Array | null
}
