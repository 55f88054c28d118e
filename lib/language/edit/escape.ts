/**
 * A text as a string expression that means exactly that text: `$` is doubled where it would begin a reference or an
 * escape (language.md §7.1).
 */
export function escapeText(text: string): string {
  return text.replaceAll(/\$(?=[${])/g, '$$$$')
}

/** The text that a string expression without references means; undefined when there are references in it. */
export function unescapeText(source: string): string | undefined {
  const parts = source.split('$$')
  return parts.some((part) => part.includes('${')) ? undefined : parts.join('$')
}
