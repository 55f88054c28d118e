/** A fenced block of code; `text` is followed by a line break of its own, as the official command line does. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`
}
