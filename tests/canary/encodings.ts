/** The forms in which a text can hide in bytes, each as a pattern over latin1-decoded bytes. */
export interface Encoding {
  name: string
  pattern: RegExp
}

/** Every way in which the canary could lie in a file, a log or an answer. Compression is undone by the sweep. */
export function encodingsOf(canary: string): Encoding[] {
  const bytes = Buffer.from(canary, 'utf8')
  const json = JSON.stringify(canary).slice(1, -1)
  const texts: [name: string, text: string][] = [
    ['raw', canary],
    ['JSON', json],
    ['JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['JSON, ASCII only', asciiOnly(json)],
    ['HTML', canary.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/'/g, '&#x27;')],
    ['URL', encodeURIComponent(canary)],
    ['hexadecimal', bytes.toString('hex')],
    ['HEXADECIMAL', bytes.toString('hex').toUpperCase()],
    ...base64Cores(bytes).flatMap(([offset, core]): [string, string][] => [
      [`base64 at ${offset}`, core],
      [`base64url at ${offset}`, core.replace(/\+/g, '-').replace(/\//g, '_')],
    ]),
  ]
  return [
    ...texts.map(([name, text]) => ({ name, pattern: spread(Buffer.from(text, 'utf8')) })),
    { name: 'UTF-16', pattern: spread(Buffer.from(canary, 'utf16le')) },
  ]
}

function asciiOnly(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** What is the same whatever surrounds the bytes, for each of the three places where they can begin in a group. */
function base64Cores(bytes: Buffer): [offset: number, core: string][] {
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // The first characters mix with what stands before, the last one with what follows.
    return [offset, padded.slice(offset === 0 ? 0 : offset + 1, -1)]
  })
}

/** PostgreSQL's compression puts a control byte before every eight literals, so one byte may stand between any two. */
function spread(bytes: Buffer): RegExp {
  const escaped = [...bytes.toString('latin1')].map((character) => character.replace(/[\W_]/, '\\$&'))
  return new RegExp(escaped.join('[^]?'))
}
