import { ListLoading } from '@/components/access/list-loading'

export default function Loading() {
  return <ListLoading />
}
