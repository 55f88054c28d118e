/** Markdown as commands write it: headings, fenced blocks, lists. On a terminal it is rendered (cli.md §1). */
import { type Paint, plain, type Style } from './colour'

/** A fenced block of code; `text` is followed by a line break of its own, as the official command line does. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`
}

/** For people who look at it: titles stand out, fences are gone, changes have the colour of their kind. */
export function rendered(markdown: string, paint: Paint): string {
  if (paint === plain) return markdown
  let language: string | undefined
  const lines = markdown.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      language = language === undefined ? line.slice(3) : undefined
      return []
    }
    if (language !== undefined) return [codeLine(line, language, paint)]
    if (line.startsWith('# ')) return ['', `  ${paint('heading', ` ${line.slice(2)} `)}`, '']
    return [line.startsWith('- ') ? `  • ${line.slice(2)}` : line]
  })
  return lines.join('\n')
}

function codeLine(line: string, language: string, paint: Paint): string {
  if (line === '') return ''
  return `    ${paint(language === 'diff' ? changeOf(line) : 'code', line)}`
}

function changeOf(line: string): Style {
  if (/^(---|\+\+\+) /.test(line)) return 'code'
  return line.startsWith('-') ? 'removed' : line.startsWith('+') ? 'added' : 'code'
}
