import { type CharacterTest, PatternFault } from './node'

const PERL: ReadonlyMap<string, RegExp> = new Map([
  ['d', /^[0-9]$/],
  ['s', /^[\t\n\f\r ]$/],
  ['w', /^[0-9A-Za-z_]$/],
])

const POSIX: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /^[0-9A-Za-z]$/],
  ['alpha', /^[A-Za-z]$/],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the class is defined by them
  ['ascii', /^[\x00-\x7f]$/],
  ['blank', /^[\t ]$/],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the class is defined by them
  ['cntrl', /^[\x00-\x1f\x7f]$/],
  ['digit', /^[0-9]$/],
  ['graph', /^[!-~]$/],
  ['lower', /^[a-z]$/],
  ['print', /^[ -~]$/],
  ['punct', /^[!-/:-@[-`{-~]$/],
  ['space', /^[\t\n\v\f\r ]$/],
  ['upper', /^[A-Z]$/],
  ['word', /^[0-9A-Za-z_]$/],
  ['xdigit', /^[0-9A-Fa-f]$/],
])

function byExpression(expression: RegExp, negated: boolean): CharacterTest {
  return (code) => expression.test(String.fromCodePoint(code)) !== negated
}

export function not(test: CharacterTest): CharacterTest {
  return (code) => !test(code)
}

/** `\d`, `\S` …; undefined for other letters. ASCII only, as in RE2. */
export function perlClass(letter: string): CharacterTest | undefined {
  const expression = PERL.get(letter.toLowerCase())
  return expression && byExpression(expression, letter !== letter.toLowerCase())
}

/** `[:alpha:]` inside brackets. */
export function posixClass(name: string, negated: boolean): CharacterTest | undefined {
  const expression = POSIX.get(name)
  return expression && byExpression(expression, negated)
}

/** `\p{Greek}`, `\pL`. @param written as it stands in the expression, for the message */
export function unicodeClass(
  name: string,
  { negated, written }: { readonly negated: boolean; readonly written: string },
): CharacterTest {
  if (name === 'Any') return () => !negated
  const caret = name.startsWith('^')
  const plain = caret ? name.slice(1) : name
  for (const property of [plain, `Script=${plain}`]) {
    if (!/^(?:Script=)?[A-Za-z_]+$/.test(property)) break
    try {
      return byExpression(new RegExp(`^\\p{${property}}$`, 'u'), negated !== caret)
    } catch {
      // not a name of this kind
    }
  }
  throw new PatternFault('invalid character class range', written)
}

export function range(from: number, to: number): CharacterTest {
  return (code) => code >= from && code <= to
}

/** Also accepts what differs by case only. */
export function foldCase(test: CharacterTest): CharacterTest {
  return (code) => {
    if (test(code)) return true
    const character = String.fromCodePoint(code)
    return [character.toLowerCase(), character.toUpperCase()].some((other) => {
      const folded = other.codePointAt(0) ?? code
      return folded !== code && other.length === String.fromCodePoint(folded).length && test(folded)
    })
  }
}
