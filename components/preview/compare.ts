/** What differs between two evaluations, value by value. Secrets stay hidden: only that they differ is told. */
import type { EvaluatedEnvironment } from '@/lib/language'
import { type PreviewNode, previewTree, type TreeInput } from './model'
import { Numbers, Recipes } from './recipe'

export interface ComparedValue {
  path: string
  change: 'added' | 'removed' | 'changed'
  before?: ShownValue
  after?: ShownValue
}

export type ShownValue = Pick<PreviewNode, 'state' | 'text' | 'type' | 'kind'>

export interface ComparedSide extends Pick<TreeInput, 'ownNames'> {
  evaluation: EvaluatedEnvironment | undefined
}

interface Leaf {
  shown: ShownValue
  /** Equal for equal values. */
  mark: string
}

/** In the order of the newer side; what it lacks comes last. */
export function compareEvaluations(before: ComparedSide, after: ComparedSide): ComparedValue[] {
  const numbers = new Numbers()
  const [old, now] = [leavesOf(before, numbers), leavesOf(after, numbers)]
  const kept = [...now].flatMap(([path, leaf]): ComparedValue[] => {
    const was = old.get(path)
    if (!was) return [{ path, change: 'added', after: leaf.shown }]
    return was.mark === leaf.mark ? [] : [{ path, change: 'changed', before: was.shown, after: leaf.shown }]
  })
  const removed = [...old].flatMap(([path, { shown }]): ComparedValue[] =>
    now.has(path) ? [] : [{ path, change: 'removed', before: shown }],
  )
  return [...kept, ...removed]
}

function leavesOf(side: ComparedSide, numbers: Numbers): Map<string, Leaf> {
  const recipes = new Recipes(side.evaluation?.exprs, numbers)
  const leaves = new Map<string, Leaf>()
  const walk = (node: PreviewNode): void => {
    if (node.children.length > 0) node.children.forEach(walk)
    else leaves.set(node.path, { shown: shownOf(node), mark: markOf(node, recipes) })
  }
  previewTree(side).forEach(walk)
  return leaves
}

/** The text of a secret never leaves, should an evaluation hold it. */
function shownOf({ state, text, type, kind }: PreviewNode): ShownValue {
  return { state, type, kind, ...(state === 'plain' && text !== undefined && { text }) }
}

function markOf(node: PreviewNode, recipes: Recipes): string {
  const { state, kind, type, text, steps, layers } = node
  if (state === 'plain') return JSON.stringify([kind, text])
  // Imported values have no expression here; they are told apart by the definitions that set them.
  const recipe =
    recipes.at(steps) ?? layers.map(({ environment, line, column }) => [environment, line, column])
  return JSON.stringify([state, type, recipe])
}
