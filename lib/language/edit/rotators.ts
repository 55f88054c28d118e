import { readTree } from './read-tree'
import { walk } from './tree'

/** Whether a text calls a rotator. False for a text that is no YAML, which never was an environment's. */
export function hasRotator(text: string): boolean {
  const [root] = readTree(text).roots
  let found = false
  if (root !== undefined) {
    walk(root, (node) => {
      if (node.kind === 'map') found ||= node.entries.some(({ name }) => name?.startsWith('fn::rotate'))
    })
  }
  return found
}

/** Why {@link hasRotator} stands in the way of a roll-back (providers.md §6, "No rollback"). */
export const rotatorsStay =
  'an environment with a rotator cannot be rolled back: the old state names credentials that are gone'
