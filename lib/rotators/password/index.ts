/** `fn::rotate::password`: a random password. Nothing outside is told of it: for what only reads the environment. */
import * as z from 'zod'
import { currentAndPrevious, shift } from '../current-and-previous'
import { defineRotator } from '../define'
import { type CharacterClass, generatePassword } from './generate'

const count = z.int().min(0).max(100).default(0)
const included = z.boolean().default(true)

const inputs = z
  .strictObject({
    length: z.int().min(8).max(100).default(16).meta({ description: 'how many characters' }),
    lower: included.meta({ description: 'whether it has lower-case letters' }),
    upper: included.meta({ description: 'whether it has upper-case letters' }),
    numeric: included.meta({ description: 'whether it has digits' }),
    special: included.meta({ description: 'whether it has special characters' }),
    minLower: count.meta({ description: 'how many lower-case letters at least' }),
    minUpper: count.meta({ description: 'how many upper-case letters at least' }),
    minNumeric: count.meta({ description: 'how many digits at least' }),
    minSpecial: count.meta({ description: 'how many special characters at least' }),
    overrideSpecial: z
      .string()
      .min(1)
      .max(100)
      .default('!@#$%&*()-_=+[]{}<>:?')
      .meta({ description: 'the special characters to choose from' }),
  })
  .superRefine((given, context) => {
    const { length, minLower, minUpper, minNumeric, minSpecial } = given
    if (minLower + minUpper + minNumeric + minSpecial > length) {
      context.addIssue('minLower, minUpper, minNumeric and minSpecial together must not be more than length')
    }
    if (classesOf(given).length === 0) context.addIssue('at least one kind of character must be switched on')
    for (const [kind, minimum] of kinds) {
      if (!given[kind] && given[minimum] > 0) {
        context.addIssue(`${minimum} must be 0 because ${kind} is switched off`)
      }
    }
  })

const kinds = [
  ['lower', 'minLower'],
  ['upper', 'minUpper'],
  ['numeric', 'minNumeric'],
  ['special', 'minSpecial'],
] as const

const secret = z.string().meta({ secret: true })
const state = currentAndPrevious(secret)

export const password = defineRotator({
  name: 'password',
  description: 'A random password',
  inputs,
  state,
  outputs: state,
  plan: z.object({ password: z.string() }),
  prepare: async ({ inputs: given }) => ({ password: generatePassword(given.length, classesOf(given)) }),
  apply: async ({ state: before, plan }) => shift(before, plan.password),
  open: (before) => before ?? {},
})

interface Wanted
  extends Record<(typeof kinds)[number][0], boolean>,
    Record<(typeof kinds)[number][1], number> {
  overrideSpecial: string
}

function classesOf(wanted: Wanted): CharacterClass[] {
  const characters = {
    lower: 'abcdefghijklmnopqrstuvwxyz',
    upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    numeric: '0123456789',
    special: wanted.overrideSpecial,
  }
  return kinds
    .filter(([kind]) => wanted[kind])
    .map(([kind, minimum]) => ({ characters: characters[kind], atLeast: wanted[minimum] }))
}
