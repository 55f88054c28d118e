import { commonWords } from './common-words'

/** Only the beginning is judged: it is enough, and long texts would take long. */
const judgedBytes = 16

const secretName = /passwd|pass|password|pwd|secret|token/i

/**
 * Whether a value stored under a name is probably a secret: the name says so, and the text is hard to guess (at least 80
 * bits, or 40 bits and 3 bits per byte).
 */
export function looksLikeSecret(name: string, text: string): boolean {
  if (!secretName.test(name)) return false
  const start = Buffer.from(text).subarray(0, judgedBytes).toString('latin1')
  const bits = entropyBits(start)
  return bits >= 80 || (bits >= 40 && bits / start.length >= 3)
}

interface Match {
  readonly start: number
  readonly end: number
  readonly bits: number
}

/**
 * The bits of the cheapest way to describe a text (the method of zxcvbn, D. Wheeler 2012): as words of a list, repeated
 * characters, runs such as `abcd` or `4321`, and for the rest by brute force. The word list is a short one, so texts
 * made of rarer words count as harder than with the full lists.
 */
export function entropyBits(text: string): number {
  const alphabet = Math.log2(cardinality(text))
  const matches = [...wordMatches(text), ...repeatMatches(text), ...runMatches(text)]
  const best = [0]
  for (let end = 1; end <= text.length; end++) {
    const candidates = matches
      .filter((match) => match.end === end)
      .map((match) => (best[match.start] ?? 0) + match.bits)
    best.push(Math.min((best[end - 1] ?? 0) + alphabet, ...candidates))
  }
  return best[text.length] ?? 0
}

function cardinality(text: string): number {
  const lower = /[a-z]/.test(text) ? 26 : 0
  const upper = /[A-Z]/.test(text) ? 26 : 0
  const digits = /[0-9]/.test(text) ? 10 : 0
  const symbols = /[!-/:-@[-`{-~ ]/.test(text) ? 33 : 0
  const others = /[^ -~]/.test(text) ? 100 : 0
  return Math.max(2, lower + upper + digits + symbols + others)
}

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  $: 's',
  '@': 'a',
}

function wordMatches(text: string): Match[] {
  const plain = text.toLowerCase()
  const spelled = [...plain].map((character) => leet[character] ?? character).join('')
  const matches: Match[] = []
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 3; end <= text.length; end++) {
      const rank = commonWords.get(plain.slice(start, end)) ?? commonWords.get(spelled.slice(start, end))
      if (rank === undefined) continue
      const word = text.slice(start, end)
      const varied = (/[A-Z]/.test(word) ? 1 : 0) + (/[^A-Za-z]/.test(word) ? 1 : 0)
      matches.push({ start, end, bits: Math.log2(rank) + varied })
    }
  }
  return matches
}

function repeatMatches(text: string): Match[] {
  return [...text.matchAll(/(.)\1{2,}/gs)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    bits: Math.log2(cardinality(match[0]) * match[0].length),
  }))
}

/** Characters that follow one another in the character set, upwards or downwards. */
function runMatches(text: string): Match[] {
  const matches: Match[] = []
  for (let start = 0; start < text.length - 2; start++) {
    const step = text.charCodeAt(start + 1) - text.charCodeAt(start)
    if (Math.abs(step) !== 1) continue
    let end = start + 2
    while (end < text.length && text.charCodeAt(end) - text.charCodeAt(end - 1) === step) end++
    if (end - start >= 3)
      matches.push({
        start,
        end,
        bits: Math.log2(cardinality(text.slice(start, end))) + Math.log2(end - start),
      })
  }
  return matches
}
