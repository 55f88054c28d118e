/** Joins what two people made of one text, line by line (diff3). */
import { diff3Merge } from 'node-diff3'

/** A stretch that needs no decision, or one that both changed differently. Each text keeps its line ends. */
export type MergePart =
  | { kind: 'agreed'; text: string }
  | { kind: 'conflict'; base: string; mine: string; theirs: string }

export type MergeConflict = Extract<MergePart, { kind: 'conflict' }>

export interface MergeInput {
  /** What both started from. */
  base: string
  mine: string
  theirs: string
}

/** Which side of a conflict is kept. */
export type MergeChoice = 'mine' | 'theirs' | 'both'

/** Above this, finding common lines could hold the page up: the texts become one conflict. */
const mostLines = 20_000

/** Nothing is lost: every line that either side wrote is in an agreed part or in its side of a conflict. */
export function mergeTexts({ base, mine, theirs }: MergeInput): MergePart[] {
  if (mine === theirs || theirs === base) return [{ kind: 'agreed', text: mine }]
  if (mine === base) return [{ kind: 'agreed', text: theirs }]
  const sides = [mine, base, theirs].map(linesOf)
  const [a = [], o = [], b = []] = sides
  if (sides.some(({ length }) => length > mostLines)) return [{ kind: 'conflict', base, mine, theirs }]
  return diff3Merge(a, o, b, { excludeFalseConflicts: true }).map(({ ok, conflict }): MergePart => {
    if (!conflict) return { kind: 'agreed', text: (ok ?? []).join('') }
    return {
      kind: 'conflict',
      base: conflict.o.join(''),
      mine: conflict.a.join(''),
      theirs: conflict.b.join(''),
    }
  })
}

export function conflictsIn(parts: readonly MergePart[]): MergeConflict[] {
  return parts.filter((part) => part.kind === 'conflict')
}

/**
 * @param choices one for each conflict, in order
 * @returns undefined while a conflict has no choice
 */
export function mergedText(
  parts: readonly MergePart[],
  choices: readonly (MergeChoice | undefined)[] = [],
): string | undefined {
  let text = ''
  let conflicts = 0
  for (const part of parts) {
    const chosen = part.kind === 'agreed' ? part.text : chosenText(part, choices[conflicts++])
    if (chosen === undefined) return undefined
    text = joinLines(text, chosen)
  }
  return text
}

function chosenText({ mine, theirs }: MergeConflict, choice: MergeChoice | undefined): string | undefined {
  if (choice === 'both') return joinLines(theirs, mine)
  return choice === 'mine' ? mine : choice === 'theirs' ? theirs : undefined
}

/** The last line of a text may lack its end; what follows must not continue it. */
function joinLines(before: string, after: string): string {
  const gap = before !== '' && after !== '' && !before.endsWith('\n') ? '\n' : ''
  return before + gap + after
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}
