import { NotFoundState } from '@/components/ui/states'

/** What is missing inside an organization keeps its navigation. */
export default function NotFound() {
  return <NotFoundState />
}
