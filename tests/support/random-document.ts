import fc from 'fast-check'

/**
 * Random definitions as people write them: every scalar style, brackets and blocks mixed, comments and blank lines
 * anywhere, anchors, tags, several indentations and both kinds of line breaks. For property tests only.
 */
export function randomDocument(): fc.Arbitrary<string> {
  const layout = fc.record({
    step: fc.constantFrom(2, 2, 4, 3),
    lineBreak: fc.constantFrom('\n', '\n', '\r\n'),
    end: fc.constantFrom('', '\n', '\n\n# the end\n'),
    head: fc.constantFrom('', '# head\n', '# head\n\n', '---\n', '\ufeff'),
  })
  return fc.tuple(layout, mapping(3)).map(([{ step, lineBreak, end, head }, root]) => {
    const lines = writeBlock(root, { indent: 0, step })
    return (head + lines.join('\n') + end).replaceAll('\n', lineBreak)
  })
}

interface RandomNode {
  readonly kind: 'scalar' | 'map' | 'seq' | 'flow' | 'block-scalar'
  readonly text: string
  readonly children: readonly RandomEntry[]
  readonly anchor: string
}

interface RandomEntry {
  readonly key: string
  readonly value: RandomNode
  readonly above: string
  readonly beside: string
  /** For lists: whether they stand at the column of their key. */
  readonly flush: boolean
}

const plain = fc.constantFrom(
  'a',
  'b c',
  '12',
  'true',
  '1.5',
  '~',
  '',
  'x#y',
  "it's",
  '-1',
  '2020-01-01',
  'a: ,'.slice(0, 1),
)
const quoted = fc.constantFrom(
  '"x"',
  '"a\\nb"',
  "'it''s'",
  '"# no"',
  "'${a.b}'",
  '"\\u00e9 ${a}"',
  "''",
  '"{"',
  '!!str 12',
)
const reference = fc.constantFrom('${k0}', 'x ${k1.k0} y', '${k2["k0"]}', '$${k0}', '${k0.k1}')
const key = fc.constantFrom('k0', 'k1', 'k2', 'k3', '"k4"', "'k5 x'", 'k-6')

function scalar(): fc.Arbitrary<RandomNode> {
  return fc.record({
    kind: fc.constant('scalar' as const),
    text: fc.oneof(plain, quoted, reference),
    children: fc.constant([]),
    anchor: fc.constant(''),
  })
}

function blockScalar(): fc.Arbitrary<RandomNode> {
  const text = fc.constantFrom(
    '|\nx\n  y',
    '|-\nx\n\ny',
    '>\nx\ny',
    '|+\nx\n\n',
    '|- # c\nx # no',
    '>-\nx\n\n  y\nz',
  )
  return fc.record({
    kind: fc.constant('block-scalar' as const),
    text,
    children: fc.constant([]),
    anchor: fc.constant(''),
  })
}

function flow(depth: number): fc.Arbitrary<RandomNode> {
  const item = fc.constantFrom('1', 'a b', '"x, y"', "'}'", '"${k0}"')
  const inner: fc.Arbitrary<string> =
    depth === 0
      ? item
      : fc.oneof(
          item,
          flow(depth - 1).map((node) => node.text),
        )
  const keys = fc.uniqueArray(key, { maxLength: 3 })
  const list = fc.array(inner, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`)
  const map = fc
    .tuple(keys, fc.array(inner, { minLength: 3, maxLength: 3 }), fc.boolean())
    .map(([names, values, loose]) => {
      const body = names.map((name, at) => `${name}: ${values[at]}`).join(loose ? ' , ' : ', ')
      return loose && body !== '' ? `{ ${body} }` : `{${body}}`
    })
  const text = fc.oneof(list, map)
  return fc.record({
    kind: fc.constant('flow' as const),
    text,
    children: fc.constant([]),
    anchor: fc.constant(''),
  })
}

function value(depth: number): fc.Arbitrary<RandomNode> {
  const leaves = [scalar(), scalar(), blockScalar(), flow(1)]
  return depth === 0 ? fc.oneof(...leaves) : fc.oneof(...leaves, mapping(depth - 1), sequence(depth - 1))
}

function entry(depth: number): fc.Arbitrary<RandomEntry> {
  return fc.record({
    key,
    value: value(depth),
    above: fc.constantFrom('', '', '', '\n', '# above', '\n# above\n# two'),
    beside: fc.constantFrom('', '', '', ' # beside'),
    flush: fc.boolean(),
  })
}

function mapping(depth: number): fc.Arbitrary<RandomNode> {
  const children = fc.uniqueArray(entry(depth), {
    minLength: 1,
    maxLength: 4,
    selector: (child) => child.key,
  })
  return fc.record({
    kind: fc.constant('map' as const),
    text: fc.constant(''),
    children,
    anchor: fc.constantFrom('', '', '&m'),
  })
}

function sequence(depth: number): fc.Arbitrary<RandomNode> {
  const children = fc.array(entry(depth), { minLength: 1, maxLength: 3 })
  return fc.record({
    kind: fc.constant('seq' as const),
    text: fc.constant(''),
    children,
    anchor: fc.constant(''),
  })
}

interface Place {
  readonly indent: number
  readonly step: number
}

/** Lines of a block collection; the first one is not indented. */
function writeBlock(node: RandomNode, place: Place): string[] {
  const lines = node.children.flatMap((child, at) => [
    ...(at === 0 ? [] : aboveLines(child, place.indent)),
    ...writeEntry(node, child, place),
  ])
  return lines.map((line, at) => (at === 0 ? line.trimStart() : line))
}

function aboveLines({ above }: RandomEntry, indent: number): string[] {
  return above === '' ? [] : above.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
}

function writeEntry(node: RandomNode, child: RandomEntry, { indent, step }: Place): string[] {
  const inList = node.kind === 'seq'
  const lead = ' '.repeat(indent) + (inList ? '-' : `${child.key}:`)
  const { value: content, beside } = child
  if (content.kind === 'scalar' || content.kind === 'flow')
    return [`${lead}${content.text === '' ? '' : ` ${content.text}`}${beside}`]
  if (content.kind === 'block-scalar') {
    const [header = '', ...body] = content.text.split('\n')
    return [`${lead} ${header}`, ...body.map((line) => (line === '' ? '' : ' '.repeat(indent + step) + line))]
  }
  if (inList) {
    const [first = '', ...rest] = writeBlock(content, { indent: indent + 2, step })
    return [`${lead} ${first}`, ...rest]
  }
  const deeper = content.kind === 'seq' && child.flush ? indent : indent + step
  const [first = '', ...rest] = writeBlock(content, { indent: deeper, step })
  const anchor = content.anchor === '' ? '' : ` ${content.anchor}`
  return [`${lead}${anchor}${beside}`, ' '.repeat(deeper) + first, ...rest]
}
