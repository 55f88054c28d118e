import { entryOf, type TreeNode, walk } from '../edit/tree'
import { callOf, readOutline } from './outline'
import { textOf } from './scope'
import type { ProviderInfo } from './types'

/** The provider or rotator that the innermost call around an offset names, or else the first call of the text. */
export function providerAt(
  text: string,
  offset: number,
  providers: readonly ProviderInfo[],
): ProviderInfo | undefined {
  const { values } = readOutline(text, offset)
  let first: ProviderInfo | undefined
  let innermost: ProviderInfo | undefined
  if (values === undefined) return undefined
  // Outer nodes come before those in them.
  walk(values, (node) => {
    const called = calledBy(node, providers)
    first ??= called
    if (called !== undefined && node.span[0] <= offset && offset <= node.span[1]) innermost = called
  })
  return innermost ?? first
}

function calledBy(node: TreeNode, providers: readonly ProviderInfo[]): ProviderInfo | undefined {
  const call = callOf(node)
  const kind = call?.info.name === 'fn::open' ? 'provider' : 'rotator'
  if (call === undefined || (kind === 'rotator' && call.info.name !== 'fn::rotate')) return undefined
  const name = call.provider ?? textOf(entryOf(call.entry.value, 'provider')?.value)
  return providers.find((provider) => provider.kind === kind && provider.name === name)
}
