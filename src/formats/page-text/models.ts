import { modelsBegin, nameEnd } from './columns.ts'
import { figuresOf } from './figures.ts'
import { cut, joined, type Joint, type TextItem } from './item.ts'
import { cellField, textField, type Place } from './place.ts'
import { number } from './pricing.ts'
import { compact, touching } from './rows.ts'

/** A heading wider than this fills its column. Millimetres. */
const full = 22
/** What begins at an edge begins this near to it. Millimetres. */
const exact = 0.4
/** So much a name may reach beyond its column. */
const beyond = 0.5
/** The column of models begins so near to where the one of names seems to end. */
const [short, wide] = [0.5, 4]

/** The lines of a table with names and models apart. */
interface Apart {
  readonly lines: readonly (readonly TextItem[])[]
  /** A name reaches into the column of models: where nothing is left between the two, nobody can tell where it ends. */
  readonly isMixed: boolean
}

/**
 * Takes names and the models that touch them apart, where something was drawn by itself that begins where models do: under the others, or
 * under their heading.
 * @param lines the words of every line.
 */
export function modelsApart(lines: readonly (readonly TextItem[])[], place: Place): Apart {
  const edge = edgeOf(lines, place)
  if (!edge) return { lines, isMixed: false }
  let isMixed = false
  const apart = lines.map((pieces) => {
    const words = namesWhole(pieces, edge, place)
    const fields = fieldsOf(words, place)
    const at = words.findIndex(
      (item, index) => fields[index] === 'name' && item.x < nameEnd(place.heading) && item.right > edge.from + beyond,
    )
    const name = words[at]
    if (!name || fields.includes('spec')) return words
    const near = (name.joints ?? []).filter(({ by }) => name.x + by > edge.from - exact && name.x + by < edge.to)
    // Where the edge is inferred, the characters of a long name are not told from a model.
    const joints = edge.isExact ? near : near.filter((joint) => !isByCharacter(name, joint))
    const [joint, other] = joints
    const isOne = joint !== undefined && other === undefined && (edge.isSure || !isByCharacter(name, joint))
    if (!isOne || !edge.isExact) isMixed ||= joint !== undefined || name.right > edge.told
    return isOne ? [...words.slice(0, at), ...cut(name, joint), ...words.slice(at + 1)] : words
  })
  return { lines: apart, isMixed }
}

/** Where models begin: between `from` and `to`. */
interface Edge {
  readonly from: number
  readonly to: number
  /** More than one thing says so. */
  readonly isSure: boolean
  /** Otherwise it is inferred from how the headings are set. */
  readonly isExact: boolean
  /** What reaches beyond this is no name alone, whatever it was drawn of. */
  readonly told: number
}

function edgeOf(lines: readonly (readonly TextItem[])[], place: Place): Edge | null {
  const { heading, left } = place
  const models = modelsBegin(heading)
  if (models === null) return null
  const begins = lines.flatMap((words) => {
    const at = fieldsOf(words, place).indexOf('spec')
    const [before, model] = [words[at - 1], words[at]]
    return model && (before ? !touches(before, model) : model.x > nameEnd(heading)) ? model.x : []
  })
  const first = Math.min(...begins)
  if (begins.length > 0) {
    const isAligned = begins.every((x) => x - first < exact)
    const isSure = isAligned && (begins.length > 1 || Math.abs(models - first) < exact)
    return { from: first, to: isAligned ? first + exact : first, isSure, isExact: isAligned, told: Math.min(first + beyond, models) }
  }
  const names = heading.owners[heading.text.search(/项目名称|货物/)]
  if (!names) return null
  // One as wide as its column may be either.
  if (names.x - left < exact && nameEnd(heading) - names.x < full)
    return { from: models, to: models + exact, isSure: true, isExact: true, told: models }
  // A heading in the middle of its column is as far from one end of it as from the other.
  const end = names.x + nameEnd(heading) - left
  return end < models ? { from: end - short, to: end + wide, isSure: false, isExact: false, told: models } : null
}

function fieldsOf(words: readonly TextItem[], place: Place) {
  const amount = figuresOf(words, place.heading)?.amount
  return words.map((item, at) => (amount ? cellField(item, place, number.test(compact(item.text))) : textField(words, at, place)))
}

/** Pieces of a name that touch, and begin before models do, as one. */
function namesWhole(words: readonly TextItem[], { from }: Edge, { heading }: Place): readonly TextItem[] {
  const whole: TextItem[] = []
  for (const item of words) {
    const last = whole.at(-1)
    const isName = last && whole.length === 1 && last.x < nameEnd(heading) && item.x < from - exact && touches(last, item)
    if (isName) whole[0] = joined(last, item)
    else whole.push(item)
  }
  return whole
}

function touches(before: TextItem, item: TextItem): boolean {
  return Math.abs(item.x - before.right) < touching
}

/** Whether a text was drawn character by character, so that joints say nothing. */
function isByCharacter({ joints = [], text }: TextItem, { at }: Joint): boolean {
  const next = (index: number) => joints.some((joint) => joint.at === index)
  return at + 1 < text.length && next(at + 1) && next(at - 1)
}
