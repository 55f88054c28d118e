const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** The content of an element: text, children by name, or several elements of one name. */
export type XmlContent = string | { [name: string]: XmlContent | XmlContent[] }

/** Writes one element; an array repeats its element. */
export function element(name: string, content: XmlContent | XmlContent[], namespace?: string): string {
  if (Array.isArray(content)) return content.map((each) => element(name, each)).join('')
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`
  const inner =
    typeof content === 'string'
      ? escapeText(content)
      : Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join('')
  return `<${name}${attribute}>${inner}</${name}>`
}
