import { CircleAlert, TriangleAlert } from 'lucide-react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import type { Diagnostic } from '@/lib/language'

export interface ProblemsProps {
  diagnostics: readonly Diagnostic[]
  onGoTo: (diagnostic: Diagnostic) => void
  /** What can be done about it at once. */
  fixFor?: (diagnostic: Diagnostic) => ProblemFix | undefined
}

export interface ProblemFix {
  label: string
  run: () => void
}

/** What the check found; choosing one goes to its place. F8 goes to the next. */
export function Problems({ diagnostics, onGoTo, fixFor }: ProblemsProps) {
  if (diagnostics.length === 0) return null
  return (
    <section
      aria-label={text.editor.problemsTitle}
      className="max-h-[35%] shrink-0 overflow-y-auto border-t border-line bg-raised"
    >
      <h2 className="sticky top-0 bg-raised px-3 pt-1.5 pb-0.5 text-xs text-muted">
        {text.editor.problems(diagnostics.length)}
      </h2>
      <ul className="pb-1">
        {diagnostics.toSorted(byPlace).map((diagnostic) => (
          <li key={problemKey(diagnostic)} className="flex items-center gap-2 pr-2">
            <Problem diagnostic={diagnostic} onGoTo={onGoTo} />
            <Fix fix={fixFor?.(diagnostic)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** As F8 goes through them; what has no place comes first. */
function byPlace({ range: a }: Diagnostic, { range: b }: Diagnostic): number {
  const lines = (a?.begin.line ?? 0) - (b?.begin.line ?? 0)
  return lines || (a?.begin.column ?? 0) - (b?.begin.column ?? 0)
}

function problemKey({ range, code, summary, path }: Diagnostic): string {
  return [range?.environment, range?.begin.line, range?.begin.column, code, path, summary].join(' ')
}

function Fix({ fix }: { fix: ProblemFix | undefined }) {
  if (!fix) return null
  return (
    <Button size="sm" onClick={fix.run}>
      {fix.label}
    </Button>
  )
}

function Problem({ diagnostic, onGoTo }: { diagnostic: Diagnostic } & Pick<ProblemsProps, 'onGoTo'>) {
  const { severity, summary, detail, range } = diagnostic
  const isWarning = severity === 'warning'
  const Icon = isWarning ? TriangleAlert : CircleAlert
  return (
    <button
      type="button"
      onClick={() => onGoTo(diagnostic)}
      className="flex min-w-0 flex-1 items-start gap-2 px-3 py-1 text-left hover:bg-hover"
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${isWarning ? 'text-warning' : 'text-error'}`} />
      {range && range.begin.line > 0 ? (
        <span className="shrink-0 font-mono text-xs leading-5 text-muted">
          {text.editor.goTo(range.begin.line, range.begin.column)}
        </span>
      ) : null}
      <span className="min-w-0 break-words">
        {summary}
        {detail ? <span className="block text-xs text-muted">{detail}</span> : null}
      </span>
    </button>
  )
}
