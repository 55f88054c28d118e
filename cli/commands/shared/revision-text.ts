import type { RevisionTag } from '../../client/revision-tags'
import type { Retraction, Revision } from '../../client/revisions'
import { type Paint, plain } from '../../output/colour'
import { inert } from '../../output/inert'
import { formatTime, type TimeStyle } from '../../output/time'
import { person } from './tag-text'

/** The block that describes a revision. */
export function revisionText(revision: Revision, style: TimeStyle, paint: Paint = plain): string {
  const author = person(revision.creatorName, revision.creatorLogin)
  const retraction = revision.retracted ? retractionText(revision.retracted, style) : ''
  return `${paint('revision', `revision ${revision.number}`)}${marks(revision, paint)}
Author: ${author}
Date:   ${formatTime(revision.created, style)}
${retraction}`
}

function marks({ retracted, tags }: Revision, paint: Paint): string {
  if (retracted) return paint('removed', ' (retracted)')
  if (tags.length === 0) return ''
  return paint('tag', ` (${tags.length === 1 ? 'tag' : 'tags'}: ${inert(tags.join(', '))})`)
}

function retractionText(retraction: Retraction, style: TimeStyle): string {
  const by = retraction.byLogin
    ? `${person(retraction.byName, retraction.byLogin)} at ${formatTime(retraction.at, style)} and replaced with revision ${retraction.replacement}`
    : '<unknown>'
  const reason =
    retraction.reason === '' ? '' : `\n    ${retraction.reason.split('\n').map(inert).join('\n    ')}\n`
  return `\n    Retracted by ${by}.\n${reason}`
}

/** The block that describes a revision tag. */
export function revisionTagText(tag: RevisionTag, style: TimeStyle, paint: Paint = plain): string {
  const editor = person(tag.editorName, tag.editorLogin)
  return `${paint('tag', inert(tag.name))}
Revision ${tag.revision}
Last updated at ${formatTime(tag.modified, style)} by ${editor}
`
}
