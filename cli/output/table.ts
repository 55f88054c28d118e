import { inert } from './inert'

/** One cell: numbers are aligned to the right, everything else to the left. */
export type Cell = string | number | boolean

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => Cell
}

/** A table in light box-drawing lines; the empty text for no rows. Titles are written in capitals. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => columns.map((column) => column.cell(row)))
  const texts = cells.map((line) => line.map((cell) => inert(String(cell))))
  const titles = columns.map((column) => column.title.toUpperCase())
  const widths = titles.map((title, at) =>
    Math.max(width(title), ...texts.map((line) => width(line[at] ?? ''))),
  )
  const right = columns.map((_, at) => cells.every((line) => typeof line[at] === 'number'))
  const draw = (line: readonly string[]) =>
    `│${line.map((text, at) => ` ${pad(text, widths[at] ?? 0, right[at] ?? false)} `).join('│')}│`
  const rule = (left: string, middle: string, end: string) =>
    left + widths.map((size) => '─'.repeat(size + 2)).join(middle) + end
  return [
    rule('┌', '┬', '┐'),
    draw(titles),
    rule('├', '┼', '┤'),
    ...texts.map(draw),
    rule('└', '┴', '┘'),
    '',
  ].join('\n')
}

function pad(text: string, size: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(0, size - width(text)))
  return right ? blanks + text : text + blanks
}

/** Columns on a terminal: wide East Asian characters and emoji take two, marks none. */
function width(text: string): number {
  let columns = 0
  for (const character of text) columns += columnsOf(character)
  return columns
}

function columnsOf(character: string): number {
  if (/^\p{M}$/u.test(character)) return 0
  const code = character.codePointAt(0) ?? 0
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  return wide ? 2 : 1
}
