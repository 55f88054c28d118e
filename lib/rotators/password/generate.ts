import { randomInt } from 'node:crypto'

/** A set of characters, and how many of it a password must have at least. */
export interface CharacterClass {
  characters: string
  atLeast: number
}

/**
 * A password that has of each class what it must have, at places that nobody can foretell.
 *
 * @param length at least the sum of what the classes ask for
 */
export function generatePassword(length: number, classes: readonly CharacterClass[]): string {
  const required = classes.flatMap(({ characters, atLeast }) => pick(characters, atLeast))
  const all = classes.map(({ characters }) => characters).join('')
  return shuffled([...required, ...pick(all, length - required.length)]).join('')
}

function pick(characters: string, count: number): string[] {
  const each = [...characters]
  return Array.from({ length: count }, () => each[randomInt(each.length)] ?? '')
}

/** Fisher and Yates; `randomInt` has no modulo bias. */
function shuffled(items: string[]): string[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    ;[result[last], result[other]] = [result[other] ?? '', result[last] ?? '']
  }
  return result
}
