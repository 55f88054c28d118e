import { resolveScalar } from '../syntax/scalar-kind'

/** Which styles can hold a text without changing it (language.md §20, "Scalar style"). */
export interface StyleAnalysis {
  readonly multiline: boolean
  readonly plainInBlock: boolean
  readonly plainInFlow: boolean
  readonly single: boolean
  readonly block: boolean
}

const breaks = new Set(['\n', '\r', '\u0085', '\u2028', '\u2029'])

/**
 * Analyses a text. `astral` says whether code points above U+FFFF may stand as they are: the reference's writer
 * escapes them, the product's own edits do not.
 */
export function analyseText(text: string, options: { readonly astral: boolean }): StyleAnalysis {
  if (text === '') {
    return { multiline: false, plainInBlock: true, plainInFlow: false, single: true, block: false }
  }
  const first = text[0] ?? ''
  const last = text.at(-1) ?? ''
  const multiline = [...breaks].some((mark) => text.includes(mark))
  const special = !isPrintable(text, options)
  const spaceBeforeBreak = / [\n\r\u0085\u2028\u2029]/.test(text)
  const spaceAfterBreak = /[\n\r\u0085\u2028\u2029] /.test(text)
  const edge = first === ' ' || last === ' ' || breaks.has(first) || breaks.has(last)
  const plain = !edge && !multiline && !special && !text.includes('\t')
  return {
    multiline,
    plainInBlock: plain && !hasBlockIndicator(text),
    plainInFlow: plain && !hasFlowIndicator(text),
    single: !spaceBeforeBreak && !spaceAfterBreak && !special && !text.includes('\t'),
    block: last !== ' ' && !spaceBeforeBreak && !special,
  }
}

const blank = '[ \\t\\n\\r\\u0085\\u2028\\u2029]'
const opening = /^[#,[\]{}&*!|>'"%@`]|^---|^\.\.\./
const blockIndicator = new RegExp(`^[-?:](${blank}|$)|.:(${blank}|$)|${blank}#`, 's')
const flowIndicator = new RegExp(`^[?:]|^-(${blank}|$)|.[,?[\\]{}:]|${blank}#`, 's')

function hasBlockIndicator(text: string): boolean {
  return opening.test(text) || blockIndicator.test(text)
}

function hasFlowIndicator(text: string): boolean {
  return opening.test(text) || flowIndicator.test(text)
}

// biome-ignore format: one class per line reads as the table of language.md §20
const unprintable = /[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

function isPrintable(text: string, options: { readonly astral: boolean }): boolean {
  return !unprintable.test(text) && (options.astral || !/[\u{10000}-\u{10ffff}]/u.test(text))
}

/** Words that YAML 1.1 readers take for booleans or base-60 numbers; writers quote them although we read strings. */
export function isLegacyWord(text: string): boolean {
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(text)) return true
  return /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text)
}

/** Whether a text written plain would be read back as the same string. */
export function readsAsString(text: string): boolean {
  return resolveScalar(text, { timestamps: true }).kind === 'string' && text !== '<<'
}
