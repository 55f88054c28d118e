/**
 * Text from the server made harmless for a terminal: escape sequences and other control characters are written as
 * `\xNN`, so that a name can neither move the cursor nor hide what follows. Tabs and line breaks too: a table cell or
 * a message line stays one line.
 */
export function inert(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
  })
}
