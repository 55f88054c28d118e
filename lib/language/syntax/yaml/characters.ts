export const NUL = 0
export const TAB = 0x09
export const LF = 0x0a
export const CR = 0x0d
export const SPACE = 0x20
export const NEL = 0x85
export const BOM = 0xfeff

/** Line breaks of YAML 1.1. */
export function isBreak(unit: number): boolean {
  if (unit > CR && unit < NEL) return false
  return unit === LF || unit === CR || unit === NEL || unit === 0x2028 || unit === 0x2029
}

export function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB
}

/** The end of the input reads as NUL. */
export function isBreakOrEnd(unit: number): boolean {
  return unit === NUL || isBreak(unit)
}

export function isBlankOrEnd(unit: number): boolean {
  if (unit > SPACE && unit < NEL) return false
  return isBlank(unit) || isBreakOrEnd(unit)
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

/** What names of anchors, tag handles and directives consist of. */
export function isWord(unit: number): boolean {
  return (
    isDigit(unit) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x61 && unit <= 0x7a) ||
    unit === 0x5f ||
    unit === 0x2d
  )
}

export function hexValue(unit: number): number {
  if (isDigit(unit)) return unit - 0x30
  if (unit >= 0x41 && unit <= 0x46) return unit - 0x41 + 10
  if (unit >= 0x61 && unit <= 0x66) return unit - 0x61 + 10
  return -1
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the controls are what is searched
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u

/** The first character that YAML does not allow in a document, or -1. */
export function findForbidden(text: string): number {
  return text.search(FORBIDDEN)
}
