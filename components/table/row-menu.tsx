'use client'

import { Ellipsis } from 'lucide-react'
import { text } from '@/components/messages'
import { IconButton } from '@/components/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import { removeRow, type TableRow } from '@/lib/language/table'
import { type TableTools, takeEdit } from './tools'

export interface RowMenuProps {
  row: TableRow
  tools: TableTools
  onRename: () => void
  onProblem: (problem: string | undefined) => void
}

export function RowMenu({ row, tools, onRename, onProblem }: RowMenuProps) {
  const toast = useToast()
  const { definition, onEdit, readOnly, onShow } = tools
  const remove = () => {
    const refused = takeEdit(removeRow(definition, row), onEdit)
    onProblem(refused)
    if (refused !== undefined) return
    const undo = { label: text.table.undo, run: () => onEdit(definition) }
    toast({ title: text.table.removed(row.label), action: undo })
  }
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={text.table.more(row.label)}>
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => onShow(row.line)}>{text.table.editInDocument}</MenuItem>
        {readOnly || !row.renamable ? null : (
          // The menu gives its focus back when it has closed; the cell asks for it after that.
          <MenuItem onSelect={() => setTimeout(onRename)}>{text.table.rename}</MenuItem>
        )}
        {readOnly ? null : <MenuItem onSelect={remove}>{text.table.remove}</MenuItem>}
      </MenuContent>
    </Menu>
  )
}
