import type { Budget } from '../../file/budget.ts'
import { Refusal } from '../../file/refusal.ts'
import { readFont, type Font } from '../font/index.ts'
import {
  asArray,
  asDict,
  asName,
  asNumber,
  asString,
  Lexer,
  Name,
  pdfLimits,
  Stream,
  Word,
  type Dict,
  type PdfFile,
  type Value,
} from '../object/index.ts'
import { appearances, contentOf } from './content.ts'
import { readInlinePicture } from './inline.ts'
import { apply, boxOf, identity, isMatrix, multiply, type Box, type Matrix } from './matrix.ts'
import type { PdfPage } from './pages.ts'
import { startPath } from './path.ts'
import type { Shown } from './shown.ts'
import { lightness, startState, startText, type State } from './state.ts'

const maxForms = 12
const maxStates = 200
/** More than this a page of invoices does not show. */
const most = { runs: 60_000, pictures: 400, rectangles: 120_000 }
/** Lighter than this is not seen on white paper; darker than that is a module of a QR. */
const invisible = 0.97
const dark = 0.5

/** Fonts and what is counted over all pages of a file. */
export interface Interpreter {
  /** What a page shows. */
  show(page: PdfPage): Shown
}

export function createInterpreter(file: PdfFile, budget: Budget): Interpreter {
  const fonts = new Map<Dict, Font>()

  function fontOf(resources: Dict | null, name: string): Font | null {
    const dict = asDict(file.get(asDict(file.get(resources, 'Font')), name))
    if (!dict) return null
    const known = fonts.get(dict) ?? readFont(file, dict)
    fonts.set(dict, known)
    return known
  }

  function show(page: PdfPage): Shown {
    const shown: Shown = { runs: [], pictures: [], rectangles: [] }
    let group: Box[] = []
    let painted = 0
    let operators = 0
    let drawn = 0
    const endGroup = () => {
      if (group.length > 20) shown.rectangles.push(group)
      group = []
    }
    const paint = (boxes: readonly Box[]) => {
      painted += boxes.length
      if (painted < most.rectangles) group.push(...boxes)
    }

    function run(bytes: Uint8Array, resources: Dict | null, start: State, within: ReadonlySet<Dict>): void {
      const lexer = new Lexer(bytes, 0, false)
      let state = start
      const saved: State[] = []
      const text = startText()
      const path = startPath()
      let args: Value[] = []
      const number = (index: number) => asNumber(args[index]) ?? 0
      const numbers = () => args.filter((one) => typeof one === 'number')

      function advance(along: number): void {
        text.matrix = multiply(state.font?.isVertical ? [1, 0, 0, 1, 0, along] : [1, 0, 0, 1, along * state.scale, 0], text.matrix)
      }
      function showText(bytes_: Uint8Array, begins = true): void {
        endGroup()
        const { font, size } = state
        if (!font || shown.runs.length > most.runs) return
        const isSeen = state.mode !== 3 && state.mode !== 7 && (state.mode === 1 ? state.stroke : state.fill) < invisible
        const glyphs = font.glyphs(bytes_)
        for (const [index, { text: char, width, isSpace }] of glyphs.entries()) {
          const trm = multiply([size * state.scale, 0, 0, size, 0, state.rise], multiply(text.matrix, state.ctm))
          const along = ((font.isVertical ? -1_000 : width) / 1_000) * size
          const [x, y] = apply(trm, 0, 0)
          advance(along)
          const [toX, toY] = apply(multiply([size * state.scale, 0, 0, size, 0, state.rise], multiply(text.matrix, state.ctm)), 0, 0)
          advance((font.isVertical ? -1 : 1) * (state.charSpace + (isSpace ? state.wordSpace : 0)))
          if (isSeen && Number.isFinite(x + y + toX + toY))
            shown.runs.push({
              text: char,
              x,
              y,
              toX,
              toY,
              size: Math.hypot(trm[2], trm[3]),
              begins: begins && index === 0 && glyphs.length > 1,
              opens: begins && index === 0,
            })
        }
      }
      function nextLine(x: number, y: number): void {
        text.line = multiply([1, 0, 0, 1, x, y], text.line)
        text.matrix = text.line
      }
      function draw(name: string): void {
        if (++drawn > pdfLimits.drawn) throw tooMuch()
        const object = file.get(asDict(file.get(resources, 'XObject')), name)
        if (!(object instanceof Stream)) return
        if (asName(file.get(object.dict, 'Subtype')) === 'Image') {
          endGroup()
          if (shown.pictures.length < most.pictures)
            shown.pictures.push({
              picture: { dict: object.dict, raw: object.raw, stream: object },
              box: boxOf(state.ctm, 0, 0, 1, 1),
              resources,
            })
          return
        }
        form(object)
      }
      function form(object: Stream): void {
        if (within.size >= maxForms || within.has(object.dict)) return
        const matrix = (asArray(file.get(object.dict, 'Matrix')) ?? []).map((one) => asNumber(file.resolve(one)) ?? Number.NaN)
        const ctm = isMatrix(matrix) ? multiply(matrix, state.ctm) : state.ctm
        const own = asDict(file.get(object.dict, 'Resources')) ?? resources
        run(file.data(object).data, own, { ...state, ctm }, new Set([...within, object.dict]))
      }
      function finish(isFilled: boolean, isStroked: boolean): void {
        if (isFilled && state.fill < dark) paint(path.filled(state.ctm))
        if (isStroked && state.stroke < dark) paint(path.stroked(state.ctm, state.lineWidth))
        path.clear()
      }

      for (let value = lexer.next(); value !== undefined; value = lexer.next()) {
        if (!(value instanceof Word)) {
          if (args.length < 40) args.push(value)
          continue
        }
        if ((++operators & 255) === 0) budget.check()
        if (operators > pdfLimits.operators) throw tooMuch()
        switch (value.word) {
          case 'q':
            if (saved.length < maxStates) saved.push({ ...state })
            break
          case 'Q':
            state = saved.pop() ?? state
            break
          case 'cm': {
            const matrix = numbers()
            if (isMatrix(matrix)) state.ctm = multiply(matrix, state.ctm)
            break
          }
          case 'BT':
            text.matrix = identity
            text.line = identity
            break
          case 'Tf':
            state.font = fontOf(resources, asName(args[0]) ?? '')
            state.size = number(1)
            break
          case 'Td':
            nextLine(number(0), number(1))
            break
          case 'TD':
            state.leading = -number(1)
            nextLine(number(0), number(1))
            break
          case 'Tm': {
            const matrix = numbers()
            if (isMatrix(matrix)) text.matrix = text.line = matrix as Matrix
            break
          }
          case 'T*':
            nextLine(0, -state.leading)
            break
          case 'Tc':
            state.charSpace = number(0)
            break
          case 'Tw':
            state.wordSpace = number(0)
            break
          case 'Tz':
            state.scale = number(0) / 100
            break
          case 'TL':
            state.leading = number(0)
            break
          case 'Ts':
            state.rise = number(0)
            break
          case 'Tr':
            state.mode = number(0)
            break
          case '"':
            state.wordSpace = number(0)
            state.charSpace = number(1)
            nextLine(0, -state.leading)
            showText(asString(args[2]) ?? new Uint8Array())
            break
          case "'":
            nextLine(0, -state.leading)
            showText(asString(args[0]) ?? new Uint8Array())
            break
          case 'Tj':
            showText(asString(args[0]) ?? new Uint8Array())
            break
          case 'TJ':
            for (const [index, one] of (asArray(args[0]) ?? []).entries()) {
              if (typeof one === 'number') advance((-one / 1_000) * state.size)
              else if (one instanceof Uint8Array) showText(one, index === 0)
            }
            break
          case 'Do':
            draw(asName(args[0]) ?? '')
            break
          case 'BI': {
            endGroup()
            const picture = readInlinePicture(lexer)
            if (picture && shown.pictures.length < most.pictures)
              shown.pictures.push({ picture: { ...picture, stream: null }, box: boxOf(state.ctm, 0, 0, 1, 1), resources })
            break
          }
          case 'gs': {
            const font = asArray(file.get(asDict(file.get(asDict(file.get(resources, 'ExtGState')), asName(args[0]) ?? '')), 'Font'))
            const dict = asDict(file.resolve(font?.[0]))
            if (dict) {
              const known = fonts.get(dict) ?? readFont(file, dict)
              fonts.set(dict, known)
              state.font = known
              state.size = asNumber(file.resolve(font?.[1])) ?? state.size
            }
            break
          }
          case 'w':
            state.lineWidth = number(0)
            break
          case 'g':
          case 'rg':
          case 'k':
          case 'sc':
          case 'scn':
            state.fill = args.some((one) => one instanceof Name) ? 0 : lightness(numbers())
            break
          case 'cs':
            state.fill = 0
            break
          case 'G':
          case 'RG':
          case 'K':
          case 'SC':
          case 'SCN':
            state.stroke = args.some((one) => one instanceof Name) ? 0 : lightness(numbers())
            break
          case 'CS':
            state.stroke = 0
            break
          case 'm':
            path.move(number(0), number(1))
            break
          case 'l':
            path.line(number(0), number(1))
            break
          case 'c':
          case 'v':
          case 'y':
            path.curve()
            break
          case 're':
            path.rectangle(number(0), number(1), number(2), number(3))
            break
          case 'f':
          case 'F':
          case 'f*':
            finish(true, false)
            break
          case 'B':
          case 'B*':
          case 'b':
          case 'b*':
            finish(true, false)
            break
          case 'S':
          case 's':
            finish(false, true)
            break
          case 'n':
            finish(false, false)
            break
        }
        args = []
      }
    }

    run(contentOf(file, page), page.resources, startState(page.matrix), new Set())
    for (const { object, matrix } of appearances(file, page)) {
      const resources = asDict(file.get(object.dict, 'Resources')) ?? page.resources
      run(file.data(object).data, resources, startState(multiply(matrix, page.matrix)), new Set([object.dict]))
    }
    endGroup()
    return shown
  }
  return { show }
}

function tooMuch(): Refusal {
  return new Refusal('file-too-large', 'The pages of the PDF draw more than any invoice shows')
}
