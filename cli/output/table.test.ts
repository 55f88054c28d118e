import { expect, it } from 'vitest'
import { formatTable } from './table'

const columns = [
  { title: 'Name', cell: (row: { name: string; revision: number }) => row.name },
  { title: 'Revision', cell: (row: { name: string; revision: number }) => row.revision },
]

it('draws a table with numbers to the right', () => {
  expect(formatTable(columns, [{ name: 'latest', revision: 4 }])).toBe(
    `┌────────┬──────────┐
│ NAME   │ REVISION │
├────────┼──────────┤
│ latest │        4 │
└────────┴──────────┘
`,
  )
})

it('draws nothing for no rows', () => {
  expect(formatTable(columns, [])).toBe('')
})

it('C09: writes escape sequences, line breaks and changes of direction so that they do nothing', () => {
  const name = '\u001b[2J\u001b]0;x\u0007a\nb\r\u202ec\u009b1m'
  const table = formatTable(columns, [{ name, revision: 1 }])
  expect(table).toContain('\\x1b[2J\\x1b]0;x\\x07a\\x0ab\\x0d\\u202ec\\x9b1m')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
  expect(table).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
})

it('counts wide characters twice', () => {
  const [top = '', , , first = ''] = formatTable(columns, [{ name: '漢字', revision: 1 }]).split('\n')
  expect(first).toHaveLength(top.length - 2)
})
