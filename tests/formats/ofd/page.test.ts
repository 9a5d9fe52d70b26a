import { expect, it } from 'vitest'
import { showFile } from '../../../src/formats/show/show.ts'
import type { Scene, SceneNode } from '../../../src/formats/ofd/page/index.ts'
import { makeZip, qrPng, type ZipEntry } from '../../fixtures/ofd/index.ts'
import { digitalXml, madeInvoice } from '../../fixtures/xml/index.ts'

const xml = (root: string, inside: string, attributes = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><ofd:${root} xmlns:ofd="http://www.ofdspec.org/2016"${attributes}>${inside}</ofd:${root}>`

interface Page {
  readonly objects?: string
  readonly before?: string
  readonly resources?: string
  readonly template?: string
  readonly box?: string
  readonly more?: readonly ZipEntry[]
  readonly annotation?: string
}

/** An OFD of one page and one template. */
function ofdOf({ objects = '', before = '', resources = '', template = '', box = '0 0 210 140', more = [], annotation }: Page) {
  const layer = (inside: string) => `<ofd:Content><ofd:Layer ID="9">${inside}</ofd:Layer></ofd:Content>`
  return makeZip([
    { name: 'OFD.xml', data: xml('OFD', '<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>') },
    {
      name: 'Doc_0/Document.xml',
      data: xml(
        'Document',
        `<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>${box}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="2" BaseLoc="T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>${annotation === undefined ? '' : '<ofd:Annotations>A.xml</ofd:Annotations>'}`,
      ),
    },
    { name: 'Doc_0/Res.xml', data: xml('Res', resources, ' BaseLoc="."') },
    { name: 'Doc_0/T.xml', data: xml('Page', `<ofd:Template TemplateID="2"/>${layer(template)}`) },
    { name: 'Doc_0/P.xml', data: xml('Page', `${before}${layer(objects)}`) },
    ...(annotation === undefined
      ? []
      : [
          { name: 'Doc_0/A.xml', data: xml('Annotations', '<ofd:Page PageID="1"><ofd:FileLoc>A1.xml</ofd:FileLoc></ofd:Page>') },
          { name: 'Doc_0/A1.xml', data: xml('PageAnnot', annotation) },
        ]),
    ...more,
  ])
}

async function drawn(page: Page) {
  const shown = await showFile(ofdOf(page), null)
  if (shown.is !== 'drawn') throw new Error(JSON.stringify(shown))
  const [scene] = shown.drawing.pages
  return { ...shown, scene: scene as Scene, flat: flatten(scene?.nodes ?? []) }
}
const flatten = (nodes: readonly SceneNode[]): SceneNode[] =>
  nodes.flatMap((node) => [node, ...(node.is === 'group' ? flatten(node.nodes) : [])])
const line = (d: string, extra = '') =>
  `<ofd:PathObject ID="5" Boundary="10 20 50 50"${extra}><ofd:AbbreviatedData>${d}</ofd:AbbreviatedData></ofd:PathObject>`

it('text stands where DeltaX says, groups and all, and the last step goes on', async () => {
  const text =
    '<ofd:TextObject ID="5" Boundary="1 2 60 5" Font="3" Size="4" HScale="0.5"><ofd:TextCode X="1" Y="3" DeltaX="g 2 1.5 3">甲乙 丙丁</ofd:TextCode></ofd:TextObject>'
  const { flat, drawing } = await drawn({ objects: text, resources: '<ofd:Fonts><ofd:Font ID="3" FontName="楷体"/></ofd:Fonts>' })
  expect(flat.find(({ is }) => is === 'text')).toMatchObject({
    text: '甲乙丙丁',
    x: [1, 2.5, 7, 10],
    y: [3, 3, 3, 3],
    size: 4,
    squeeze: 0.5,
  })
  expect(drawing.faces).toEqual([{ like: 'kai', file: null }])
})

it('paths take every command, their colour from a drawing parameter and its parent, and stop at a mistake', async () => {
  const resources =
    '<ofd:DrawParams><ofd:DrawParam ID="7" LineWidth="0.25"><ofd:StrokeColor Value="128 0 0"/></ofd:DrawParam><ofd:DrawParam ID="8" Relative="7"/><ofd:DrawParam ID="6" Relative="6"/></ofd:DrawParams>'
  const objects =
    line('M 0 0 L 1 1 Q 1 2 3 4 B 1 2 3 4 5 6 A 2 2 0 1 0 9 9 C nonsense L 99 99', ' DrawParam="8"') + line('L 1 1', ' DrawParam="6"')
  const paths = (await drawn({ objects, resources })).flat.filter(({ is }) => is === 'path')
  expect(paths).toHaveLength(0 + 1)
  expect(paths[0]).toMatchObject({
    d: 'M0 0L1 1Q1 2 3 4C1 2 3 4 5 6A2 2 0 1 0 9 9Z',
    fill: null,
    stroke: { colour: '#800000', width: 0.25 },
  })
})

it('templates lie below, annotations above; a template that holds itself is drawn once', async () => {
  const text = (name: string) =>
    `<ofd:TextObject ID="1" Boundary="0 0 9 9" Font="3" Size="3"><ofd:TextCode X="0" Y="3">${name}</ofd:TextCode></ofd:TextObject>`
  const { flat } = await drawn({
    before: '<ofd:Template TemplateID="2"/>',
    template: text('t'),
    objects: text('p'),
    annotation: `<ofd:Annot ID="4" Type="Watermark"><ofd:Appearance Boundary="50 60 9 9">${text('a')}</ofd:Appearance></ofd:Annot><ofd:Annot ID="5" Visible="false"><ofd:Appearance Boundary="0 0 9 9">${text('hidden')}</ofd:Appearance></ofd:Annot>`,
  })
  expect(flat.flatMap((node) => (node.is === 'text' ? node.text : []))).toEqual(['t', 'p', 'a'])
})

it('pictures are kept once by their file, and what is none is told', async () => {
  const media = (id: number, file: string) =>
    `<ofd:MultiMedia ID="${id}" Type="Image"><ofd:MediaFile>${file}</ofd:MediaFile></ofd:MultiMedia>`
  const image = (id: number) => `<ofd:ImageObject ID="5" Boundary="8 4 20 20" ResourceID="${id}"/>`
  const { flat, drawing, problems } = await drawn({
    objects: image(70) + image(70) + image(71),
    resources: `<ofd:MultiMedias>${media(70, 'q.png')}${media(71, 'x.bin')}</ofd:MultiMedias>`,
    more: [
      { name: 'Doc_0/q.png', data: qrPng('01') },
      { name: 'Doc_0/x.bin', data: new Uint8Array(99) },
    ],
  })
  expect(flat.filter(({ is }) => is === 'image')).toEqual([0, 0].map((picture) => ({ is: 'image', matrix: [20, 0, 0, 20, 0, 0], picture })))
  expect(drawing.pictures.map((one) => one?.type)).toEqual(['image/png'])
  expect(problems.map(({ code }) => code)).toEqual(['picture-undecodable'])
})

it('composites that hold themselves, absurd pages and endless repetition are bounded and told', async () => {
  const unit = (id: number, inside: string) =>
    `<ofd:CompositeGraphicUnit ID="${id}" Width="50" Height="50"><ofd:Content>${inside}</ofd:Content></ofd:CompositeGraphicUnit>`
  const use = (id: number) => `<ofd:CompositeObject ID="5" Boundary="0 0 50 50" ResourceID="${id}"/>`
  const cyclic = await drawn({ objects: use(40), resources: unit(40, line('M 0 0 L 1 1') + use(41)) + unit(41, use(40)), box: '0 0 1e9 2' })
  expect(cyclic.flat.filter(({ is }) => is === 'path')).toHaveLength(1)
  expect([cyclic.scene.width, cyclic.scene.height]).toEqual([210, 297])
  // Six levels of twenty each would be 64 million lines.
  const levels = [50, 51, 52, 53, 54, 55].map((id) => unit(id, use(id + 1).repeat(20))).join('') + unit(56, line('M 0 0 L 1 1'))
  const bomb = await drawn({ objects: use(50), resources: levels })
  expect(bomb.flat.filter(({ is }) => is === 'path').length).toBeLessThan(40_000)
  expect(bomb.problems.map(({ code }) => code)).toEqual(['drawing-limit'])
})

it('a broken package is refused, an XML invoice becomes a form, an archive shows the file of the wanted invoice', async () => {
  expect(await showFile(ofdOf({}).slice(0, 300), null)).toMatchObject({ is: 'refused' })
  const invoice = madeInvoice('digital-ordinary', { seed: 3 })
  const file = new TextEncoder().encode(digitalXml(invoice))
  const form = { is: 'form', forms: [{ invoice: { number: invoice.number } }] }
  expect(await showFile(file, null)).toMatchObject(form)
  const zip = makeZip([
    { name: '1.xml', data: digitalXml(madeInvoice('digital-ordinary', { seed: 4 })) },
    { name: '2.xml', data: file },
  ])
  expect(await showFile(zip, { code: null, number: invoice.number })).toMatchObject(form)
  expect(await showFile(zip, { code: null, number: '1' })).toEqual({ is: 'archive' })
})
