import type { EnvironmentTag } from '../../client/environment-tags'
import { type Paint, plain } from '../../output/colour'
import { inert } from '../../output/inert'
import { formatTime, type TimeStyle } from '../../output/time'

/** Who did something: `Name <login>`, or `<unknown>` when nobody is known. */
export function person(name: string, login: string): string {
  return login === '' ? '<unknown>' : inert(`${name} <${login}>`)
}

/** The lines that describe a tag of an environment. */
export function tagText(tag: EnvironmentTag, style: TimeStyle, paint: Paint = plain): string {
  const editor = person(tag.editorName, tag.editorLogin)
  return `${paint('tag', `Name: ${inert(tag.name)}`)}
${paint('tag', `Value: ${inert(tag.value)}`)}
Last updated at ${formatTime(tag.modified, style)} by ${editor}
`
}

/** A tag for programs; empty editors are left out. */
export function tagJson({ name, value, modified, editorLogin, editorName }: EnvironmentTag) {
  return {
    name,
    value,
    modified,
    editorLogin: editorLogin || undefined,
    editorName: editorName || undefined,
  }
}
