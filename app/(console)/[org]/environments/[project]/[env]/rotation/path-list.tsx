'use client'

import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { requestJson } from '@/components/editor/request'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { RotationSummary } from '@/lib/rotation/history'
import type { RotatedPath } from '@/lib/rotation/rotated-paths'

/** Rotates, and says in the corner what came of it. */
function useRotation({ organization, project, name }: EnvironmentReference) {
  const router = useRouter()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const rotate = async (paths: string[]) => {
    setBusy(true)
    const url = `/${organization}/environments/${project}/${name}/rotation/run`
    const answer = await requestJson<RotationSummary>(url, { method: 'POST', body: { paths } })
    setBusy(false)
    if (answer.ok) toast(saying(answer.value))
    else toast({ title: answer.message || text.common.unreachable, tone: 'error' })
    router.refresh()
  }
  return { busy, rotate }
}

function saying({ status, postRevision, results, errorMessage }: RotationSummary) {
  if (status !== 'failed') {
    const written = postRevision === undefined ? text.rotation.rotatedNothing : undefined
    return { title: written ?? text.rotation.rotated(postRevision ?? 0) }
  }
  const faults = results.flatMap(({ path, errorMessage }) => (errorMessage ? `${path}: ${errorMessage}` : []))
  const detail = [errorMessage, ...faults].filter(Boolean).join('\n')
  return { title: text.rotation.rotateFailed, detail, tone: 'error' as const }
}

/** After a failure, what failed comes first: what succeeded need not change again. */
export function RotateAll({ reference, paths, rotations }: Omit<PathListProps, 'mayRotate'>) {
  const { busy, rotate } = useRotation(reference)
  const failed = paths.map(({ path }) => path).filter((path) => lastOf(path, rotations)?.status === 'failed')
  const icon = <RotateCw aria-hidden className="size-3.5" />
  return (
    <>
      {failed.length > 0 ? (
        <Button look="primary" busy={busy} icon={icon} onClick={() => void rotate(failed)}>
          {text.rotation.retryFailed}
        </Button>
      ) : null}
      <Button
        look={failed.length > 0 ? 'secondary' : 'primary'}
        busy={busy}
        icon={icon}
        onClick={() => void rotate([])}
      >
        {text.rotation.rotateAll}
      </Button>
    </>
  )
}

export interface PathListProps {
  reference: EnvironmentReference
  paths: RotatedPath[]
  rotations: RotationSummary[]
  mayRotate: boolean
}

export function PathList({ reference, paths, rotations, mayRotate }: PathListProps) {
  const { busy, rotate } = useRotation(reference)
  if (paths.length === 0) {
    return (
      <p className="px-4 text-muted">
        {text.rotation.pathsEmpty}. {text.rotation.pathsEmptyBody}
      </p>
    )
  }
  return (
    <Rows label={text.rotation.paths}>
      {paths.map(({ path, rotator }) => {
        const last = lastOf(path, rotations)
        return (
          <Row key={path}>
            <RowName>
              <span className="font-mono">{path}</span>
            </RowName>
            <Fact>
              <span className="font-mono text-xs">{rotator}</span>
            </Fact>
            <Fact>
              {last ? (
                <>
                  {text.rotation.statuses[last.status]} <Ago at={last.at} />
                </>
              ) : (
                text.rotation.notYet
              )}
            </Fact>
            {mayRotate ? (
              <Button
                size="sm"
                busy={busy}
                aria-label={text.rotation.rotateNamed(path)}
                onClick={() => void rotate([path])}
              >
                {text.rotation.rotate}
              </Button>
            ) : null}
          </Row>
        )
      })}
    </Rows>
  )
}

function lastOf(path: string, rotations: readonly RotationSummary[]) {
  for (const { createdAt, results } of rotations) {
    const result = results.find((one) => one.path === path || one.path === `values.${path}`)
    if (result) return { at: createdAt, status: result.status }
  }
  return undefined
}
