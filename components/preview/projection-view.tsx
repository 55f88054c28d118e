'use client'

import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { IconButton } from '@/components/ui/button'
import type { PreviewNode } from './model'
import type { Reveal } from './use-reveal'
import { ActionsCell, BreakableName, Source, Value, ValueActions } from './value'

interface ProjectionProps {
  nodes: readonly PreviewNode[]
  reveal: Reveal
  empty: string
}

/** What a command gets as its environment variables. */
export function VariablesView(props: ProjectionProps) {
  return <ProjectionTable {...props} label={text.preview.tabEnvLong} />
}

/** What a command gets as temporary files; the value of the variable is the file's path. */
export function FilesView(props: ProjectionProps) {
  return (
    <ProjectionTable
      {...props}
      label={text.preview.tabFiles}
      extra={(node) =>
        node.text === undefined ? null : <DownloadButton name={node.name} content={node.text} />
      }
    />
  )
}

interface TableProps extends ProjectionProps {
  label: string
  extra?: (node: PreviewNode) => ReactNode
}

function ProjectionTable({ nodes, reveal, empty, label, extra }: TableProps) {
  if (nodes.length === 0) return <p className="px-4 py-6 text-muted">{empty}</p>
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse">
      <colgroup>
        <col className="w-[38%] @md:w-[42%]" />
        <col />
        <col className={extra ? 'w-15 pointer-coarse:w-28 @lg:w-28' : 'w-9 pointer-coarse:w-22 @lg:w-22'} />
      </colgroup>
      <tbody>
        {nodes.map((node) => (
          <tr key={node.path} className="group align-top hover:bg-raised">
            <th scope="row" className="py-1 pl-4 text-left font-mono font-normal text-muted">
              <BreakableName name={node.name} />
            </th>
            <td className="py-1 pl-3">
              <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
                <Value node={node} reveal={reveal} />
                <Source node={node} />
              </div>
            </td>
            <ActionsCell>
              {extra?.(node)}
              <ValueActions node={node} reveal={reveal} />
            </ActionsCell>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DownloadButton({ name, content }: { name: string; content: string }) {
  const download = () => {
    const address = URL.createObjectURL(new Blob([content]))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <IconButton label={text.preview.downloadFile(name)} onClick={download}>
      <Download aria-hidden className="size-3.5" />
    </IconButton>
  )
}
