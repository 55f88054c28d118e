/**
 * Colours for environment definitions: YAML by line, with the language's own words (`fn::…`, `${…}`) told apart. Only
 * colours depend on this; what the text means is decided by lib/language.
 */
import type { languages } from 'monaco-editor/editor/editor.api.js'

export const languageId = 'environment-definition'

export const languageConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: '#' },
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
  // Brackets in a definition are mostly those of references, which have a colour of their own.
  colorizedBracketPairs: [],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
  folding: { offSide: true },
  wordPattern: /[A-Za-z_][\w-]*/,
  indentationRules: { increaseIndentPattern: /:\s*(#.*)?$/, decreaseIndentPattern: /^\b$/ },
}

const keyEnd = String.raw`(\s*)(:)(?=\s|$)`
const quotedKey = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'`

export const definitionLanguage: languages.IMonarchLanguage = {
  tokenPostfix: '',
  scalar: /(?:true|false|null|~|[+-]?\d[\d._eE+-]*)/,
  tokenizer: {
    root: [
      [/^---.*$/, 'comment'],
      { include: '@blank' },
      [/[-?](?=\s|$)/, 'operator'],
      [new RegExp(`(fn::[\\w:.-]+)${keyEnd}`), ['function', '', 'operator']],
      [new RegExp(`(ciphertext)${keyEnd}(\\s*)([\\w+/=.-]*)`), ['key', '', 'operator', '', 'sealed']],
      [new RegExp(`(${quotedKey}|[^\\s#"'{}\\[\\],&*!|>%@\`$][^#]*?)${keyEnd}`), ['key', '', 'operator']],
      [/[|>][-+\d]*(?=\s*(#|$))/, 'operator', '@blockStart'],
      { include: '@marks' },
      [/[{[]/, 'operator', '@flow'],
      [/@scalar(?=\s*(#|$))/, 'number'],
      { include: '@scalars' },
      [/(?:[^\s$]|\$(?!\{)|\s(?!\s*#))(?:[^$\s]|\$(?!\{)|\s+(?!\s*#|\s))*/, 'string'],
    ],
    flow: [
      { include: '@blank' },
      [/[}\]]/, 'operator', '@pop'],
      [/[{[]/, 'operator', '@push'],
      [/,/, 'operator'],
      [new RegExp(`(fn::[\\w:.-]+)${keyEnd}`), ['function', '', 'operator']],
      [
        new RegExp(`(${quotedKey}|[^\\s#"'{}\\[\\],&*!|>%@\`$:][^#,:{}\\[\\]]*?)${keyEnd}`),
        ['key', '', 'operator'],
      ],
      { include: '@marks' },
      [/@scalar(?=\s*[,}\]])/, 'number'],
      { include: '@scalars' },
      [/[^\s,{}[\]$#]+|\$/, 'string'],
    ],
    blank: [
      [/\s+/, ''],
      [/#.*$/, 'comment'],
    ],
    marks: [
      [/![^\s]*/, 'operator'],
      [/[&*][^\s,}\]]+/, 'operator'],
    ],
    scalars: [
      [/\$\{[^}]*\}?/, 'reference'],
      [/"/, 'string', '@double'],
      [/'/, 'string', '@single'],
    ],
    double: [
      [/\$\{[^}"]*\}?/, 'reference'],
      [/\\./, 'string'],
      [/"/, 'string', '@pop'],
      [/[^"\\$]+|\$/, 'string'],
    ],
    single: [
      [/\$\{[^}']*\}?/, 'reference'],
      [/''/, 'string'],
      [/'/, 'string', '@pop'],
      [/[^'$]+|\$/, 'string'],
    ],
    blockStart: [
      [/#.*$/, 'comment'],
      [/^(\s+)(?=\S)/, { token: '', switchTo: '@block.$1' }],
      [/^(?=\S)/, { token: '@rematch', next: '@pop' }],
      [/\s+/, ''],
    ],
    // The state's name carries the indentation of the first line; a line with less of it ends the scalar.
    block: [
      [
        /^(\s*)(?=\S)/,
        { cases: { '$1~$S2\\s*': { token: '' }, '@default': { token: '@rematch', next: '@pop' } } },
      ],
      [/\$\{[^}]*\}?/, 'reference'],
      [/[^$]+|\$/, 'string'],
    ],
  },
}
