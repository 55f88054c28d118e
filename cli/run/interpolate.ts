/** A piece of an argument: text, or the path of a value to put in. */
export type ArgumentPart = { readonly text: string } | { readonly path: readonly (string | number)[] }

/**
 * Takes an argument of `esc run` apart as the language does with strings (language.md §7): `$$` is a dollar sign and
 * `${path}` a value. Undefined when it does not parse; the argument is then passed on as it is.
 */
export function parseArgument(argument: string): readonly ArgumentPart[] | undefined {
  const parts: ArgumentPart[] = []
  let text = ''
  for (let at = 0; at < argument.length; ) {
    if (argument.startsWith('$$', at)) {
      text += '$'
      at += 2
    } else if (argument.startsWith('${', at)) {
      const access = parseAccess(argument, at + 2)
      if (!access) return undefined
      if (text !== '') parts.push({ text })
      text = ''
      parts.push({ path: access.path })
      at = access.end
    } else {
      text += argument[at]
      at++
    }
  }
  if (text !== '' || parts.length === 0) parts.push({ text })
  return parts
}

// a name, `[index]` or `["key"]`; white space ends an access
const accessor = /\.?([^.[}\s]+)|\[([-+]?\d+)\]|\["((?:\\"|[^"])+)"\]/y

function parseAccess(
  argument: string,
  start: number,
): { path: (string | number)[]; end: number } | undefined {
  const path: (string | number)[] = []
  for (let at = start; ; at = accessor.lastIndex) {
    if (argument[at] === '}') return { path: path.length === 0 ? [''] : path, end: at + 1 }
    accessor.lastIndex = at
    const match = accessor.exec(argument)
    if (!match) return undefined
    const [, name, index, key] = match
    if (index !== undefined && path.length === 0) return undefined
    path.push(index === undefined ? (name ?? key?.replaceAll('\\"', '"') ?? '') : Number(index))
  }
}
