import { text } from '@/components/messages'

/** Stands for a secret that is not shown: a word for those who see it, and what it means for those who hear it. */
export function HiddenSecret({ word = text.preview.tokenSecret }: { word?: string }) {
  return (
    <span className="font-mono text-secret">
      <span aria-hidden>{word}</span>
      <span className="sr-only">{text.preview.hidden}</span>
    </span>
  )
}
