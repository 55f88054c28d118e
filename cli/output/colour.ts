/** Colours as the official command line has them, on a terminal only (cli.md §1, https://no-color.org). */
import { type Io, isDecorated, type Sink } from '../io'

const codes = {
  attention: '38;5;9',
  error: '38;5;1',
  warning: '38;5;3',
  prompt: '38;5;6;1',
  strong: '1',
  revision: '38;5;228;48;5;63;1',
  tag: '38;5;35;1',
  heading: '38;5;228;48;5;63;1',
  code: '38;5;244',
  removed: '38;5;203',
  added: '38;5;42',
} as const

export type Style = keyof typeof codes

/** Gives a text its look. The text itself must be free of control characters (see `inert`). */
export type Paint = (style: Style, text: string) => string

export const plain: Paint = (_style, text) => text

const coloured: Paint = (style, text) => (text === '' ? '' : `\u001b[${codes[style]}m${text}\u001b[0m`)

/** @param sink where the text goes; a file that stderr was sent to gets none of it */
export function paintFor(io: Io, sink: Sink = io.stdout): Paint {
  return isDecorated(io) && sink.terminal ? coloured : plain
}
