/** A definition as a table of its values, and the edits that its cells make. Pure. */
export {
  addRow,
  mayBeSecret,
  type NewRow,
  removeRow,
  renameRow,
  setRowKind,
  setRowText,
  toggleSecret,
} from './edit-row'
export { type RowKind, readTable, type Table, type TableProblem, type TableRow } from './read-table'
