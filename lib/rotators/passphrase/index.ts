/** `fn::rotate::passphrase`: random words, for passwords that people type. Nothing outside is told of it. */
import { randomInt } from 'node:crypto'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import * as z from 'zod'
import { currentAndPrevious, shift } from '../current-and-previous'
import { defineRotator } from '../define'

const inputs = z.strictObject({
  length: z.int().min(3).max(15).default(5).meta({ description: 'how many words; each adds 11 bits' }),
  separator: z.string().length(1).default('-').meta({ description: 'one character between the words' }),
  capitalize: z.boolean().default(false).meta({ description: 'whether each word begins with a capital' }),
})

const state = currentAndPrevious(z.string().meta({ secret: true }))

export const passphrase = defineRotator({
  name: 'passphrase',
  description: 'A passphrase of random words',
  inputs,
  state,
  outputs: state,
  plan: z.object({ passphrase: z.string() }),
  prepare: async ({ inputs: given }) => ({ passphrase: generatePassphrase(given) }),
  apply: async ({ state: before, plan }) => shift(before, plan.passphrase),
  open: (before) => before ?? {},
})

function generatePassphrase({ length, separator, capitalize }: z.output<typeof inputs>): string {
  const words = Array.from({ length }, () => wordlist[randomInt(wordlist.length)] ?? '')
  return words
    .map((word) => (capitalize ? word.charAt(0).toUpperCase() + word.slice(1) : word))
    .join(separator)
}
