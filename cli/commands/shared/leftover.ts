import { Failure } from '../../failure'
import { referenceUsage } from './reference-argument'

export const leftoverUsage = `${referenceUsage} <leftover-id>`

export function leftoverId(id: string | undefined): string {
  if (!id) throw new Failure('USAGE', 'leftover ID cannot be empty')
  return id
}
